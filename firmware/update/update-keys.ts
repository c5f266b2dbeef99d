/** `firmware update-keys`: the keys of a maker, or of a test. */
import { parseArgs } from 'node:util';
import { Mistake } from '../image/mistake.ts';
import { makeKeys } from './make-keys.ts';

const USAGE = `usage: firmware update-keys --to DIR [--test]
  Makes the authority that units believe and a signer for releases; with an authority in DIR, another signer.
  --test   keys that say in their name that they are for tests
`;

/** @returns 0 when they lie there, 1 when not, 2 for a wrong call */
export async function updateKeys(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  try {
    const { ca, signer, signerKey } = await makeKeys({ ...wish, now: new Date() });
    process.stdout.write(`${ca}\n  the authority's certificate: it alone goes into images\n`);
    process.stdout.write(`${signer}, ${signerKey}\n  for releases; keep the key where nobody but the release can use it\n`);
    process.stdout.write(
      `${wish.folder}/update-ca.key\n  keep it offline: whoever has it can have every unit install anything\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): { readonly folder: string; readonly test: boolean } | string {
  try {
    const options = { to: { type: 'string' }, test: { type: 'boolean', default: false } } as const;
    const { to, test } = parseArgs({ args: [...args], options }).values;
    return to === undefined ? '--to DIR is missing' : { folder: to, test };
  } catch (error) {
    return (error as Error).message;
  }
}
