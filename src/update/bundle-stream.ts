/**
 * A bundle on its way into a slot. RAUC asks for it here piece by piece, on the loopback, while it writes; it comes from the
 * release server over mutual TLS, a megabyte at a time. A line that breaks is waited for here: to RAUC a gap is a damaged
 * bundle.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BundleSource, fetchStretch, type Range } from './bundle-stretch.ts';
import { reasonOf } from './https-get.ts';
import type { BundleStream } from './ports.ts';
import { gone, got, type UpdateFault, type UpdateResult } from './update-fault.ts';

/** RAUC's pieces have a few hundred kilobytes, and mostly less. */
const LARGEST_PIECE = 8 * 1024 * 1024;
/** What the server is asked for at once: thousands of readers may stand before it. */
const WINDOW = 1024 * 1024;
/** RAUC reads ahead, and again and again looks into the hashes at the bundle's end. */
const WINDOWS_HELD = 6;

/**
 * Ends when it is closed or `parent` aborts. Faults: UPD-974 when the loopback gives no port.
 * @param progress told each tenth that went by, 10 to 100
 */
export async function openBundleStream(
  source: BundleSource,
  progress: (percent: number) => void,
  parent: AbortSignal,
): Promise<UpdateResult<BundleStream>> {
  const { name, size } = source;
  const own = new AbortController();
  const window = createWindows(source, progress, AbortSignal.any([parent, own.signal]));
  // Not to be guessed: other programs of the unit can reach the port, and have nothing to do here.
  const path = `/${randomBytes(16).toString('hex')}.raucb`;
  let lost: UpdateFault | undefined;

  async function give(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== path) return void response.writeHead(404).end();
    const range = closedRange(request.headers.range, size);
    if (range === undefined) return void response.writeHead(416).end();
    const piece = lost ? { ok: false as const, fault: lost } : await pieceOf(window, range);
    if (!piece.ok) {
      lost ??= piece.fault;
      return void response.writeHead(502).end();
    }
    const { from, to } = range;
    response.writeHead(206, { 'content-range': `bytes ${from}-${to}/${size}`, 'content-length': to - from + 1 });
    response.end(piece.value);
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

/** @returns both ends, inclusive; nothing when it is open, beyond the bundle or too long to be held in memory */
function closedRange(header: string | undefined, size: number): Range | undefined {
  const [, from, to] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header ?? '')?.map(Number) ?? [];
  if (from === undefined || to === undefined || to < from || to >= size) return undefined;
  return to - from < LARGEST_PIECE ? { from, to } : undefined;
}

type Window = (index: number) => Promise<UpdateResult<Buffer>>;

/** The bundle in stretches of one size, the last ones held; each is fetched when it is first asked for. */
function createWindows(source: BundleSource, progress: (percent: number) => void, signal: AbortSignal): Window {
  const held = new Map<number, Promise<UpdateResult<Buffer>>>();
  const { size } = source;
  let [came, told] = [0, 0];

  async function fetchWindow(index: number): Promise<UpdateResult<Buffer>> {
    const from = index * WINDOW;
    const stretch = await fetchStretch(source, { from, to: Math.min(size, from + WINDOW) - 1 }, signal);
    if (stretch.ok) came += stretch.value.length;
    while (told < 10 && came * 10 >= size * (told + 1)) progress(10 * ++told);
    return stretch;
  }

  return (index) => {
    const wanted = held.get(index) ?? fetchWindow(index);
    held.delete(index);
    held.set(index, wanted);
    const [oldest] = held.keys();
    if (held.size > WINDOWS_HELD && oldest !== undefined) held.delete(oldest);
    return wanted;
  };
}

async function pieceOf(window: Window, { from, to }: Range): Promise<UpdateResult<Buffer>> {
  const [first, last] = [Math.floor(from / WINDOW), Math.floor(to / WINDOW)];
  const stretches = await Promise.all(Array.from({ length: last - first + 1 }, (_, index) => window(first + index)));
  const bytes: Buffer[] = [];
  for (const stretch of stretches) {
    if (!stretch.ok) return stretch;
    bytes.push(stretch.value);
  }
  const whole = bytes.length === 1 ? (bytes[0] as Buffer) : Buffer.concat(bytes);
  return got(whole.subarray(from - first * WINDOW, to - first * WINDOW + 1));
}
