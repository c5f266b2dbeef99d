/**
 * At each start, before RAUC writes: GRUB's environment block and its spare are whole again, and alike.
 *
 *   node keep-grubenv.ts /boot/efi/EFI/debian/grubenv /proc/cmdline
 *
 * RAUC writes by grub-editenv, which empties the file first: a power cut at that moment leaves a block that GRUB neither
 * reads nor counts in. GRUB then goes by the spare (grub.cfg), as things stood at the last start, and counts there. One of
 * the two is whole at any moment, since never both are written between two starts.
 */
import { closeSync, constants, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { emptyGrubenv, isWholeGrubenv } from '../grubenv.ts';

const [file = '', commandLine = ''] = process.argv.slice(2);
const spare = `${file}.spare`;

const block = contentOf(file);
if (isWholeGrubenv(block)) {
  if (contentOf(spare) !== block) writeInPlace(spare, block);
} else {
  const kept = contentOf(spare);
  const whole = isWholeGrubenv(kept) ? kept : anew();
  process.stderr.write(`${file} was damaged: it is written anew${whole === kept ? ' from its spare' : ''}.\n`);
  writeInPlace(file, whole);
  if (whole !== kept) writeInPlace(spare, whole);
}

/** What runs has shown that it starts; nothing else is known any more. */
function anew(): string {
  return emptyGrubenv(/\brauc\.slot=B\b/.test(readFileSync(commandLine, 'latin1')) ? 'B A' : 'A B');
}

/** Empty when it cannot be read, whatever the reason. */
function contentOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

/** FAT knows no renaming that survives a power cut; these are two sectors that lie where they lay. */
function writeInPlace(path: string, text: string): void {
  const handle = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    writeSync(handle, text, 0, 'latin1');
    ftruncateSync(handle, text.length);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
