/**
 * A bundle on its way into a slot. RAUC asks for it here piece by piece, on the loopback, while it writes; each piece
 * comes from the release server over mutual TLS. A line that breaks is waited for here: to RAUC a gap is a damaged bundle.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, deadline, pause } from '../clock.ts';
import { type Answer, reasonOf } from './https-get.ts';
import type { BundleStream } from './ports.ts';
import { gone, got, type UpdateFault, type UpdateResult } from './update-fault.ts';

export type Streamed = {
  /** The bundle's name, for faults. */
  readonly name: string;
  /** Bytes, as the list says. */
  readonly size: number;
  readonly clock: Clock;
  /** Asks the release server for these bytes of it; `range` as in HTTP. */
  readonly ask: (range: string, signal: AbortSignal) => Promise<UpdateResult<Answer>>;
  /** Of the bundle, tenth by tenth, as it goes by. */
  readonly progress: (percent: number) => void;
};

/** RAUC's pieces have a few hundred kilobytes. */
const LARGEST_PIECE = 8 * 1024 * 1024;
const PIECE_MS = 60_000;
/**
 * From when on a piece is not asked for again. With the last try it is over after four minutes: the kernel's network block
 * device, through which RAUC reads, gives up a piece after five.
 */
const PATIENCE_MS = 3 * 60_000;
const RETRY_MS = 2_000;

/** Ends when it is closed or `parent` aborts. Faults: UPD-974 when the loopback gives no port. */
export async function openBundleStream(streamed: Streamed, parent: AbortSignal): Promise<UpdateResult<BundleStream>> {
  const { name, size, progress } = streamed;
  const own = new AbortController();
  const signal = AbortSignal.any([parent, own.signal]);
  // Not to be guessed: other programs of the unit can reach the port, and have nothing to do here.
  const path = `/${randomBytes(16).toString('hex')}.raucb`;
  let lost: UpdateFault | undefined;
  let told = 0;

  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== path) return void response.writeHead(404).end();
    const range = closedRange(request.headers.range, size);
    if (range === undefined) return void response.writeHead(416).end();
    const piece = lost ? { ok: false as const, fault: lost } : await untilItComes(streamed, range, signal);
    if (!piece.ok) {
      lost ??= piece.fault;
      return void response.writeHead(502).end();
    }
    const { from, to } = range;
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${size}`, 'content-length': to - from + 1 });
    response.end(piece.value);
    const tenths = Math.floor((10 * (to + 1)) / size);
    // RAUC reads the bundle's end first, for its signature.
    if (tenths === told + 1) progress(10 * ++told);
  }

  const server = createServer((request, response) => void give(request, response));
  try {
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening));
  } catch (error) {
    return gone('UPD-974', `${name}: nothing can be served on the loopback: ${reasonOf(error)}`);
  }
  return got({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    lost: () => lost,
    close: () => {
      own.abort();
      server.closeAllConnections();
      return new Promise<void>((closed) => server.close(() => closed()));
    },
  });
}

type Range = { readonly from: number; readonly to: number };

/** @returns both ends, inclusive; nothing when it is open, beyond the bundle or too long to be held in memory */
function closedRange(header: string | undefined, size: number): Range | undefined {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '')?.map(Number) ?? [];
  if (from === undefined || to === undefined || to < from || to >= size) return undefined;
  return to - from < LARGEST_PIECE ? { from, to } : undefined;
}

/** What an answer means for the next: `again` when another try may bring the piece. */
type Try = UpdateResult<Buffer> & { readonly again?: boolean };

async function untilItComes(streamed: Streamed, range: Range, signal: AbortSignal): Promise<UpdateResult<Buffer>> {
  const { clock } = streamed;
  const until = clock.now() + PATIENCE_MS;
  for (;;) {
    const bound = deadline(clock, PIECE_MS, signal);
    const piece = await once(streamed, range, bound.signal);
    bound.done();
    if (piece.ok || !piece.again || signal.aborted || clock.now() >= until) return piece;
    await pause(clock, RETRY_MS, signal);
  }
}

async function once({ name, size, ask }: Streamed, { from, to }: Range, signal: AbortSignal): Promise<Try> {
  const broken = (reason: string): Try => ({ ...gone('UPD-974', `${name}: ${reason}`), again: true });
  const answer = await ask(`bytes=${from}-${to}`, signal);
  if (!answer.ok) return broken(answer.fault.detail);
  const { response, body } = answer.value;
  const { statusCode: status = 0 } = response;
  if (status !== 206) {
    response.destroy();
    if (status === 416) return gone('UPD-975', `${name}: it is shorter than ${size} bytes`);
    if (status === 200) return gone('UPD-974', `${name}: the server gives no parts of a file`);
    const said = `the server answered ${status}`;
    return status >= 500 || status === 429 ? broken(said) : gone('UPD-974', `${name}: ${said}`);
  }
  const given = response.headers['content-range'] ?? '';
  if (given !== `bytes ${from}-${to}/${size}`) {
    response.destroy();
    const another = Number(/\/(\d+)$/.exec(given)?.[1] ?? size) !== size;
    return another ? gone('UPD-975', `${name}: it has not ${size} bytes (${given})`) : broken(`another part came (${given})`);
  }
  try {
    const piece = await whole(body, to - from + 1);
    if (piece.length === to - from + 1) return got(piece);
    response.destroy();
    return broken(`${piece.length} bytes came instead of ${to - from + 1}`);
  } catch (error) {
    return broken(reasonOf(error));
  }
}

async function whole(body: Answer['body'], length: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let came = 0;
  for await (const piece of body) {
    pieces.push(piece);
    came += piece.length;
    if (came > length) break;
  }
  return Buffer.concat(pieces);
}
