import { z } from 'zod';
import { testedParts, testsByHand } from '../technician/parts.ts';
import { BEAT, CAMERA_FRAME, ERASE_KEY, type PageMessage, PIN_KEY } from './protocol.ts';

const nonce = z.string().regex(/^[0-9a-f]{32}$/);
const consentItem = z.enum(['medicines', 'checkups', 'treatment', 'surgery']);
const distinct = (items: readonly unknown[]) => new Set(items).size === items.length;

const answer = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('consent'), items: z.array(consentItem).max(4).refine(distinct) }),
  z.strictObject({ to: z.literal('specific-diseases'), yes: z.boolean() }),
  z.strictObject({ to: z.literal('subsidy'), yes: z.boolean() }),
  z.strictObject({ to: z.literal('prescription'), form: z.enum(['1', '2']) }),
  z.strictObject({ to: z.literal('dispensing'), chosen: z.array(z.int().min(0).max(19)).max(20).refine(distinct) }),
]);

const intent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('choose'), method: z.enum(['face', 'pin']) }),
  z.strictObject({ type: z.literal('type-code') }),
  z.strictObject({ type: z.literal('ask-staff') }),
  z.strictObject({ type: z.literal('continue') }),
  z.strictObject({ type: z.literal('register') }),
  z.strictObject({ type: z.literal('answer'), answer }),
  z.strictObject({ type: z.literal('extend') }),
  z.strictObject({ type: z.literal('stop') }),
]);

const technicianIntent = z.discriminatedUnion('say', [
  z.strictObject({ say: z.literal('look-at'), part: z.enum(testedParts) }),
  z.strictObject({ say: z.literal('begin'), test: z.enum(testsByHand) }),
  z.strictObject({ say: z.literal('touched'), corner: z.int().min(0).max(3) }),
  z.strictObject({ say: z.literal('judge'), works: z.boolean() }),
  z.strictObject({ say: z.enum(['enter-password', 'again', 'play', 'show-sheet', 'show-desk', 'back', 'leave']) }),
]);

const pageMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('intent'), revision: z.int().nonnegative(), intent }),
  z.strictObject({ type: z.literal('technician'), intent: technicianIntent }),
  z.strictObject({ type: z.literal('camera-failed'), nonce }),
]);

/** @returns the message, or undefined when the text is not one */
export function parsePageMessage(text: string): PageMessage | undefined {
  try {
    return pageMessage.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export type PageBytes =
  /** `nonce` is the capture's 16 bytes in lower-case hex; `jpeg` is a view into `bytes`. */
  | { readonly type: 'camera-frame'; readonly nonce: string; readonly jpeg: Uint8Array }
  | { readonly type: 'pin-key'; readonly key: number }
  | { readonly type: 'beat'; readonly beat: number };

const NONCE_END = 17;

/**
 *     01 nonce[16] JPEG…     the JPEG begins FF D8; whoever decodes it checks the rest
 *     02 key                 30…39, or 08
 *     04 beat                00…FF
 *
 * @returns what the bytes mean, or undefined when they are none of these
 */
export function parsePageBytes(bytes: Uint8Array): PageBytes | undefined {
  if (bytes[0] === CAMERA_FRAME && bytes[NONCE_END] === 0xff && bytes[NONCE_END + 1] === 0xd8) {
    const named = Buffer.from(bytes.subarray(1, NONCE_END)).toString('hex');
    return { type: 'camera-frame', nonce: named, jpeg: bytes.subarray(NONCE_END) };
  }
  const key = bytes[1];
  if (bytes[0] === PIN_KEY && bytes.length === 2 && key !== undefined && isPinKey(key)) return { type: 'pin-key', key };
  if (bytes[0] === BEAT && bytes.length === 2 && bytes[1] !== undefined) return { type: 'beat', beat: bytes[1] };
  return undefined;
}

const isPinKey = (key: number) => key === ERASE_KEY || (key >= 0x30 && key <= 0x39);
