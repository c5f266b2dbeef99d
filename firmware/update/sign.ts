/** `firmware sign`: the signature that `firmware flash` asks for. */
import { parseArgs } from 'node:util';
import { Mistake } from '../image/mistake.ts';
import { type Signing, signFiles, sumsOf } from './signed-sums.ts';

const USAGE = `usage: firmware sign --cert FILE --key FILE IMAGE [MORE …]
  Writes IMAGE.sha256 with the hashes of all files named, and its signature IMAGE.sha256.p7s.
`;

/** @returns 0 when it is signed, 1 when not, 2 for a wrong call */
export async function sign(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  try {
    await signFiles(wish);
    const { list, signature } = sumsOf(wish.file);
    process.stdout.write(`${list}\n${signature}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`Nothing is signed: ${error.message}\n`);
    return 1;
  }
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): Signing | string {
  try {
    const options = { cert: { type: 'string' }, key: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, ...more] = positionals;
    const { cert, key } = values;
    return file && cert && key ? { file, more, cert, key } : 'IMAGE, --cert and --key are needed';
  } catch (error) {
    return (error as Error).message;
  }
}
