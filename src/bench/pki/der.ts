/** DER as OCSP and revocation lists need it read: tag, length, value, and the elements within (X.690 §10.1). */

export type DerElement = {
  readonly tag: number;
  readonly value: Uint8Array;
  /** With tag and length. */
  readonly whole: Uint8Array;
};

/** The elements that these bytes are made of, in order. Throws when they are not DER: whoever reads says what that means. */
export function readDer(bytes: Uint8Array): readonly DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const element = elementAt(bytes, at);
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

/** The element at that place within, as `[0, 2]`: the third element of the first one. Throws when there is none. */
export function derAt(bytes: Uint8Array, ...path: readonly number[]): DerElement {
  let element: DerElement | undefined;
  let within = bytes;
  for (const index of path) {
    element = readDer(within)[index];
    if (!element) throw new Error('DER: an element is missing');
    within = element.value;
  }
  if (!element) throw new Error('DER: no path');
  return element;
}

function elementAt(bytes: Uint8Array, at: number): DerElement {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) throw new Error('DER: cut off');
  const more = first < 0x80 ? 0 : first - 0x80;
  if (first === 0x80 || more > 3) throw new Error('DER: a length that is none');
  let length = more === 0 ? first : 0;
  for (let index = 0; index < more; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + more;
  if (start + length > bytes.length) throw new Error('DER: cut off');
  return { tag, value: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) };
}
