/** Where a bundle arrives, piece by piece over as many connections and power cuts as it takes. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from './feed.ts';
import { type Answer, reasonOf } from './https-get.ts';
import { gone, got, type UpdateResult } from './update-fault.ts';

/** What must stay free for receptions while a bundle lies there. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** Asks for the bundle from that byte on. */
type Ask = (from: number) => Promise<UpdateResult<Answer>>;

export function createBundleFolder(folder: string) {
  /** Files are named by their hash, so that the beginning of another bundle is never gone on with. */
  const pathsOf = ({ sha256 }: Release) => ({ whole: join(folder, `${sha256}.raucb`), part: join(folder, `${sha256}.part`) });

  /** @param keep names that stay */
  async function clear(keep: readonly string[] = []): Promise<void> {
    const files = await readdir(folder).catch(() => []);
    for (const file of files) if (!keep.includes(join(folder, file))) await rm(join(folder, file), { force: true });
  }

  async function arrive(release: Release, ask: Ask): Promise<UpdateResult<string>> {
    const { whole, part } = pathsOf(release);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await clear([whole, part]);
    if ((await hashed(whole)).digest === release.sha256) return got(whole);
    // Damaged, or taken over by RAUC: it comes again.
    await rm(whole, { force: true });
    const begun = await hashed(part, release.size);
    const room = await roomIn(folder);
    if (room < release.size - begun.length + SPARE_BYTES) return gone('UPD-973', `${release.size} bytes, ${room} are free`);
    const answer = await ask(begun.length);
    if (!answer.ok) return answer;
    const received = await receive(release, part, begun, answer.value);
    if (!received.ok) {
      if (received.fault.code === 'UPD-975') await rm(part, { force: true });
      return received;
    }
    await rename(part, whole);
    return got(whole);
  }

  return {
    clear: () => clear(),
    /** @returns the path of the whole bundle. Faults: UPD-971, UPD-973, UPD-974, UPD-975. */
    fetch: (release: Release, ask: Ask) =>
      arrive(release, ask).catch((error: unknown) => gone('UPD-974', `${release.bundle}: ${reasonOf(error)}`)),
  };
}

type Begun = { readonly length: number; readonly hash: Hash; readonly digest?: string };

/** What lies there already, hashed; nothing when it cannot be read or is longer than it may be. */
async function hashed(path: string, longest?: number): Promise<Begun> {
  const nothing = { length: 0, hash: createHash('sha256') };
  const size = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (size === 0 || (longest !== undefined && size >= longest)) return nothing;
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(piece as Buffer);
  } catch {
    return nothing;
  }
  return { length: size, hash, digest: hash.copy().digest('hex') };
}

/** Appends the answer to what has begun, or begins anew where the server knows no ranges. */
async function receive(release: Release, part: string, begun: Begun, { response, body }: Answer): Promise<UpdateResult<void>> {
  const goesOn = response.statusCode === 206 && rangeStart(response.headers['content-range']) === begun.length;
  if (!goesOn && response.statusCode !== 200) {
    response.destroy();
    return gone(
      response.statusCode === 416 ? 'UPD-975' : 'UPD-974',
      `${release.bundle}: the server answered ${response.statusCode}`,
    );
  }
  const hash = goesOn ? begun.hash : createHash('sha256');
  const file = await open(part, goesOn ? 'a' : 'w', 0o600);
  try {
    const length = await append(file, body, hash, goesOn ? begun.length : 0, release.size);
    if (length > release.size) return gone('UPD-975', `${release.bundle}: it is longer than ${release.size} bytes`);
    if (length < release.size) return gone('UPD-974', `${release.bundle}: ${length} of ${release.size} bytes came`);
  } finally {
    await file.sync();
    await file.close();
  }
  return hash.digest('hex') === release.sha256
    ? { ok: true, value: undefined }
    : gone('UPD-975', `${release.bundle}: its SHA-256 is another`);
}

async function append(file: FileHandle, body: Answer['body'], hash: Hash, from: number, size: number): Promise<number> {
  let length = from;
  for await (const piece of body) {
    length += piece.length;
    if (length > size) break;
    hash.update(piece);
    await file.writeFile(piece);
  }
  return length;
}

function rangeStart(contentRange: string | undefined): number {
  return Number(/^bytes (\d+)-/.exec(contentRange ?? '')?.[1] ?? Number.NaN);
}

async function roomIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
