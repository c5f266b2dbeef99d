import { z } from 'zod';
import { CAMERA_FRAME, ERASE_KEY, type PageMessage, PIN_KEY } from './protocol.ts';

const nonce = z.string().regex(/^[0-9a-f]{32}$/);
const consentItem = z.enum(['medicines', 'checkups', 'treatment', 'surgery']);
const distinct = (items: readonly string[]) => new Set(items).size === items.length;

const intent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('choose'), method: z.enum(['face', 'pin']) }),
  z.strictObject({ type: z.literal('type-code') }),
  z.strictObject({ type: z.literal('continue') }),
  z.strictObject({ type: z.literal('consent'), items: z.array(consentItem).max(4).refine(distinct) }),
  z.strictObject({ type: z.literal('stop') }),
]);

const pageMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('intent'), revision: z.int().nonnegative(), intent }),
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
  | { readonly type: 'pin-key'; readonly key: number };

const NONCE_END = 17;

/**
 *     01 nonce[16] JPEG…     the JPEG begins FF D8; whoever decodes it checks the rest
 *     02 key                 30…39, or 08
 *
 * @returns what the bytes mean, or undefined when they are neither
 */
export function parsePageBytes(bytes: Uint8Array): PageBytes | undefined {
  if (bytes[0] === CAMERA_FRAME && bytes[NONCE_END] === 0xff && bytes[NONCE_END + 1] === 0xd8) {
    const named = Buffer.from(bytes.subarray(1, NONCE_END)).toString('hex');
    return { type: 'camera-frame', nonce: named, jpeg: bytes.subarray(NONCE_END) };
  }
  const key = bytes[1];
  if (bytes[0] === PIN_KEY && bytes.length === 2 && key !== undefined && isPinKey(key)) return { type: 'pin-key', key };
  return undefined;
}

const isPinKey = (key: number) => key === ERASE_KEY || (key >= 0x30 && key <= 0x39);
