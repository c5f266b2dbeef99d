/**
 * GRUB's environment block, which RAUC and grub.cfg share: 1,024 bytes, a first line, `NAME=value` lines, then `#`.
 * GRUB writes it in place and cannot make it longer.
 */
const LENGTH = 1_024;
const FIRST_LINE = '# GRUB Environment Block\n';

/** Both slots are whole and have all their tries. */
export function emptyGrubenv(): string {
  return `${FIRST_LINE}ORDER=A B\nA_OK=1\nA_TRY=0\nB_OK=1\nB_TRY=0\n`.padEnd(LENGTH, '#');
}
