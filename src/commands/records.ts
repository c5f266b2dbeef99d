/** `kazasu records erase`: a store taken out of service. */
import { parseArgs } from 'node:util';
import { eraseStore, type StoreContents, storeContents } from '../compose-records.ts';

const USAGE = `usage: kazasu records erase FILE --yes [--with-waiting]
  Drops the keys of a reader's store, overwrites its files and removes them. The reader must not be running.
  --with-waiting   also when results wait that the clinic has not been given
`;

const FLASH = `What was sealed cannot be read any more, wherever copies of it still lie. Flash memory may keep older copies of
what was not sealed (receptions without names, the audit log): where that matters, destroy the storage.
`;

/** @returns 0 when all was erased, 1 when it could not be or was not confirmed, 2 for a wrong call */
export async function records([name, ...args]: readonly string[]): Promise<number> {
  if (name === 'help' || name === '--help') {
    process.stdout.write(USAGE);
    return 0;
  }
  const wish = name === 'erase' ? parse(args) : `there is no "records ${name ?? ''}"`;
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  const contents = storeContents(wish.file);
  if (!contents.ok) return told(`Nothing was erased (${contents.fault.code}): ${contents.fault.detail ?? ''}`);
  process.stdout.write(plain(contents.value));
  if (contents.value.waiting > 0 && !wish.withWaiting) return told('Results wait: nothing was erased (--with-waiting).');
  if (!wish.yes) return told('Nothing was erased: say --yes.');
  const erased = eraseStore(wish.file);
  if (!erased.ok) return told(`Not all was erased (${erased.fault.code}): ${erased.fault.detail ?? ''}`);
  process.stdout.write(`${erased.value.map((file) => `erased ${file}\n`).join('')}${FLASH}`);
  return 0;
}

function told(message: string): number {
  process.stderr.write(`${message}\n`);
  return 1;
}

function plain({ receptions, waiting, auditEntries }: StoreContents): string {
  return `The store holds ${receptions} receptions, ${auditEntries} audit entries, and ${waiting} results that wait for the clinic.\n`;
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]) {
  const options = { yes: { type: 'boolean', default: false }, 'with-waiting': { type: 'boolean', default: false } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [file, more] = positionals;
    if (file === undefined) return 'FILE is missing';
    if (more !== undefined) return `"${more}" is one word too many`;
    return { file, yes: values.yes, withWaiting: values['with-waiting'] };
  } catch (error) {
    return (error as Error).message;
  }
}
