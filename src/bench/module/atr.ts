/**
 * The longest INF that the card takes, from the first TA for T=1 in its ATR (ISO/IEC 7816-3, 11.4.2); 32 when the
 * ATR does not say.
 *
 *   TS T0 [TA1 TB1 TC1 TD1] [TA2 TB2 TC2 TD2] [TA3 …]     a high nibble says which of the next four are there,
 *                                                         a TD's low nibble which protocol they are for
 */
export function longestBlockOf(atr: Uint8Array): number {
  let at = 1;
  let group = 1;
  let present = atr[at++] ?? 0;
  let protocol = 0;
  for (;;) {
    const [a, , , d] = [0x10, 0x20, 0x40, 0x80].map((bit) => (present & bit ? at++ : undefined));
    // Groups 1 and 2 are global; those after them belong to the protocol that the TD before named.
    if (group > 2 && protocol === 1 && a !== undefined) return atr[a] ?? 32;
    if (d === undefined || atr[d] === undefined) return 32;
    present = atr[d];
    protocol = present & 0x0f;
    group++;
  }
}
