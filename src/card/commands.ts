/** The interindustry commands that My Number cards know (ISO/IEC 7816-4 §7, 7816-8), named by what they do. */
import type { Command } from './apdu.ts';

/** A command, and whether it may be sent again when its answer was lost: only where a second time changes nothing. */
export type CardCommand = Command & { readonly repeatable: boolean };

/** SELECT an application. P2 0C: no FCI wanted. */
export function selectApplication(aid: Uint8Array): CardCommand {
  return { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x0c, data: aid, repeatable: true };
}

/** SELECT an EF under the current application; selecting another file leaves verified keys as they are. */
export function selectFile(fileId: number): CardCommand {
  return { cla: 0x00, ins: 0xa4, p1: 0x02, p2: 0x0c, data: Uint8Array.of(fileId >> 8, fileId & 0xff), repeatable: true };
}

/** READ BINARY of the selected EF. @param offset 0–32767 @param length 1–256 */
export function readBinary(offset: number, length: number): CardCommand {
  return { cla: 0x00, ins: 0xb0, p1: offset >> 8, p2: offset & 0xff, le: length, repeatable: true };
}

/** VERIFY without data asks the selected key for its tries left and spends none. */
export const askTriesLeft: CardCommand = { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, repeatable: true };

/** VERIFY against the selected key; `code` is taken over into the command's own buffer when it is encoded. */
export function verify(code: Uint8Array): CardCommand {
  return { cla: 0x00, ins: 0x20, p1: 0x00, p2: 0x80, data: code, repeatable: false };
}

/**
 * COMPUTE DIGITAL SIGNATURE. `by`: the selected key EF, or the application's own key.
 * @param p1 what the card makes of the data before it signs it; 00: pads it
 */
export function sign(by: 'selected-key' | 'application-key', data: Uint8Array, p1 = 0x00): CardCommand {
  const p2 = by === 'selected-key' ? 0x80 : 0x00;
  return { cla: 0x80, ins: 0x2a, p1, p2, data, le: 256, repeatable: false };
}

/** READ RECORD of the selected EF. P2 04: the record with this number. @param record from 1 */
export function readRecord(record: number): CardCommand {
  return { cla: 0x00, ins: 0xb2, p1: record, p2: 0x04, le: 256, repeatable: true };
}

export function getResponse(length: number): CardCommand {
  return { cla: 0x00, ins: 0xc0, p1: 0x00, p2: 0x00, le: length, repeatable: false };
}

/** VERIFY, CHANGE REFERENCE DATA, DISABLE and ENABLE VERIFICATION, RESET RETRY COUNTER; odd where the data is BER-TLV. */
const PRESENTING = new Set([0x20, 0x21, 0x24, 0x25, 0x26, 0x28, 0x2c, 0x2d]);

/** ENVELOPE (ISO/IEC 7816-4 §7.6). */
const ENVELOPING = new Set([0xc2, 0xc3]);
/** No card's class: modules take such commands as their own, and some then send to the card what stands in them. */
const MODULES_OWN_CLASS = 0xff;

/** Whether the command presents a code, which counts against its key when it is wrong (§7.5), or may have one inside. */
export function spendsATry({ cla, ins, data }: Command): boolean {
  return cla === MODULES_OWN_CLASS || ENVELOPING.has(ins) || (PRESENTING.has(ins) && data !== undefined);
}
