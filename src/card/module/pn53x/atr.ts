/**
 * The ATR of a contactless card of Type B, as PC/SC part 3 (§3.1.3.2.3.1) composes it:
 *
 *   3B 88 80 01 | application data[4] | protocol information[3] | MBLI 0 | TCK      TCK = XOR of all from the 88 on
 *
 * from what the module tells of it (ISO/IEC 14443-3 §7.9, §7.11):
 *
 *   50 | PUPI[4] | application data[4] | protocol information[3] | length | MBLI CID | higher layer …
 */

const ATQB = 0x50;
const ATQB_LENGTH = 12;
/** Of the second protocol byte: the card speaks ISO/IEC 14443-4, so takes command APDUs. */
const SPEAKS_BLOCKS = 0x01;

/** Undefined when it is no card of Type B that takes command APDUs. */
export function composeAtr(target: Uint8Array): Uint8Array | undefined {
  const [first] = target;
  const protocol = target.subarray(9, ATQB_LENGTH);
  if (first !== ATQB || target.length < ATQB_LENGTH || ((protocol[1] ?? 0) & SPEAKS_BLOCKS) === 0) return undefined;
  const [length = 0, attrib = 0] = target.subarray(ATQB_LENGTH);
  const mbli = length > 0 ? attrib & 0xf0 : 0;
  const body = [0x88, 0x80, 0x01, ...target.subarray(5, ATQB_LENGTH), mbli];
  return Uint8Array.of(
    0x3b,
    ...body,
    body.reduce((sum, byte) => sum ^ byte, 0),
  );
}
