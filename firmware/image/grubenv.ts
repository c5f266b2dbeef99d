/**
 * GRUB's environment block, which RAUC and grub.cfg share: 1,024 bytes, a first line, `NAME=value` lines, then `#`.
 * GRUB writes it in place and cannot make it longer.
 */
const LENGTH = 1_024;
const FIRST_LINE = '# GRUB Environment Block\n';

/** Both slots are whole and have all their tries. @param order the slots, best first */
export function emptyGrubenv(order: 'A B' | 'B A' = 'A B'): string {
  return `${FIRST_LINE}ORDER=${order}\nA_OK=1\nA_TRY=0\nB_OK=1\nB_TRY=0\n`.padEnd(LENGTH, '#');
}

/** Everything that grub.cfg goes by, each a value that it writes or RAUC does. */
const NEEDED = [/^ORDER=(A B|B A|A|B)$/m, /^A_OK=[01]$/m, /^A_TRY=[0-3]$/m, /^B_OK=[01]$/m, /^B_TRY=[0-3]$/m];

/** GRUB can read it, and it tells all that there is to tell. */
export function isWholeGrubenv(text: string): boolean {
  return text.length === LENGTH && text.startsWith(FIRST_LINE) && NEEDED.every((line) => line.test(text));
}
