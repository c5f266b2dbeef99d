/** One stretch of a bundle from the release server, over a line that may break: asked for again until it comes, within a bound. */
import { type Clock, deadline, pause } from '../clock.ts';
import { type Answer, reasonOf } from './https-get.ts';
import { gone, got, type UpdateResult } from './update-fault.ts';

export type BundleSource = {
  /** The bundle's name, for faults. */
  readonly name: string;
  /** Bytes, as the list says. */
  readonly size: number;
  readonly clock: Clock;
  /** Asks the release server for these bytes of it; `range` as in HTTP. */
  readonly ask: (range: string, signal: AbortSignal) => Promise<UpdateResult<Answer>>;
};

/** Both ends are within. */
export type Range = { readonly from: number; readonly to: number };

const TRY_MS = 60_000;
/**
 * From when on it is not asked for again. With the last try it is over after four minutes: the kernel's network block
 * device, through which RAUC reads, gives up a read after five.
 */
const PATIENCE_MS = 3 * 60_000;
const RETRY_MS = 2_000;

/** What an answer means for the next: `again` when another try may bring it. */
type Try = UpdateResult<Buffer> & { readonly again?: boolean };

/**
 * Ends within four minutes, or when `signal` aborts. Faults: UPD-974 when it does not come, UPD-975 when the bundle has
 * another size.
 */
export async function fetchStretch(source: BundleSource, range: Range, signal: AbortSignal): Promise<UpdateResult<Buffer>> {
  const { clock } = source;
  const until = clock.now() + PATIENCE_MS;
  for (;;) {
    const bound = deadline(clock, TRY_MS, signal);
    const stretch = await once(source, range, bound.signal);
    bound.done();
    if (stretch.ok || !stretch.again || signal.aborted || clock.now() >= until) return stretch;
    await pause(clock, RETRY_MS, signal);
  }
}

async function once({ name, size, ask }: BundleSource, { from, to }: Range, signal: AbortSignal): Promise<Try> {
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
    const bytes = await whole(body, to - from + 1);
    if (bytes.length === to - from + 1) return got(bytes);
    response.destroy();
    return broken(`${bytes.length} bytes came instead of ${to - from + 1}`);
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
