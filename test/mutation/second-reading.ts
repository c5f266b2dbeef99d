/**
 * The layouts read a second time, plainly and without the parsers' code: what of these bytes is in itself a right
 * encoding. Each finder returns every one there is, wherever it begins.
 */

const MOST_CCID_DATA = 261;
const MOST_PN53X = 265;

/** `03 06 <CCID> LRC`: the CCID messages. */
export function gemMessagesIn(bytes: Uint8Array): Uint8Array[] {
  return everywhere(bytes, (at) => {
    if (bytes[at] !== 0x03 || bytes[at + 1] !== 0x06) return undefined;
    const end = ccidEnd(bytes, at + 2);
    return end < bytes.length && xorOf(bytes.subarray(at, end + 1)) === 0 ? bytes.subarray(at + 2, end) : undefined;
  });
}

/** `02 <CCID> XOR 03`: the CCID messages. */
export function acsMessagesIn(bytes: Uint8Array): Uint8Array[] {
  return everywhere(bytes, (at) => {
    if (bytes[at] !== 0x02) return undefined;
    const end = ccidEnd(bytes, at + 1);
    const whole = end + 1 < bytes.length && bytes[end + 1] === 0x03;
    return whole && xorOf(bytes.subarray(at + 1, end + 1)) === 0 ? bytes.subarray(at + 1, end) : undefined;
  });
}

/** `00 FF LEN LCS TFI … DCS`, normal and extended: what follows TFI. */
export function pn53xContentsIn(bytes: Uint8Array, tfi: number): Uint8Array[] {
  return everywhere(bytes, (at) => {
    if (bytes[at] !== 0x00 || bytes[at + 1] !== 0xff) return undefined;
    const extended = bytes[at + 2] === 0xff && bytes[at + 3] === 0xff;
    const lengths = bytes.subarray(at + 2 + (extended ? 2 : 0), at + (extended ? 7 : 4));
    const length = extended ? (lengths[0] ?? 0) * 256 + (lengths[1] ?? 0) : (lengths[0] ?? 0);
    const from = at + (extended ? 7 : 4);
    const fits = length > 0 && length <= MOST_PN53X && from + length < bytes.length && bytes[from] === tfi;
    if (!fits || sumOf(lengths) !== 0 || sumOf(bytes.subarray(from, from + length + 1)) !== 0) return undefined;
    return bytes.subarray(from + 1, from + length);
  });
}

/** `NAD PCB LEN INF LRC` and nothing else: the INF. */
export function t1InfOf(bytes: Uint8Array): Uint8Array | undefined {
  const right = bytes.length >= 4 && bytes[0] === 0 && bytes[2] === bytes.length - 4 && bytes[2] <= 254 && xorOf(bytes) === 0;
  return right ? bytes.subarray(3, -1) : undefined;
}

/** Where an ATR ends by its own account (TS T0 TA… historical, TCK where a protocol is not 0). */
export function atrLengthOf(bytes: Uint8Array): { length: number; checked: boolean } {
  let [at, announced, checked] = [2, bytes[1] ?? 0, false];
  const historical = announced & 0x0f;
  while (announced & 0xf0) {
    at += [0x10, 0x20, 0x40].filter((bit) => announced & bit).length;
    if (!(announced & 0x80)) break;
    announced = bytes[at++] ?? 0;
    checked ||= (announced & 0x0f) !== 0;
  }
  return { length: at + historical + (checked ? 1 : 0), checked };
}

/** Tags and values of a row of BER-TLV objects that fills `bytes`; undefined when it does not. */
export function tlvRowOf(bytes: Uint8Array): { tag: number; value: Uint8Array }[] | undefined {
  const row: { tag: number; value: Uint8Array }[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tagLength = ((bytes[at] ?? 0) & 0x1f) !== 0x1f ? 1 : (bytes[at + 1] ?? 0) < 0x80 ? 2 : 3;
    const tagEnd = at + tagLength;
    if (tagLength === 3 && (bytes[at + 2] ?? 0x80) >= 0x80) return undefined;
    const first = bytes[tagEnd] ?? 0xff;
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 2 || (first >= 0x80 && lengthBytes === 0)) return undefined;
    const from = tagEnd + 1 + lengthBytes;
    if (from > bytes.length) return undefined;
    const length = lengthBytes === 0 ? first : numberOf(bytes.subarray(tagEnd + 1, from));
    if (from + length > bytes.length) return undefined;
    row.push({ tag: numberOf(bytes.subarray(at, tagEnd)), value: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return row;
}

export function xorOf(bytes: Uint8Array): number {
  let xor = 0;
  for (const byte of bytes) xor ^= byte;
  return xor;
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xff;
}

function numberOf(bytes: Uint8Array): number {
  let number = 0;
  for (const byte of bytes) number = number * 256 + byte;
  return number;
}

/** Where the CCID message that begins at `at` ends; past all bytes when its length cannot be right. */
function ccidEnd(bytes: Uint8Array, at: number): number {
  const length = numberOf(bytes.slice(at + 1, at + 5).reverse());
  return at + 5 > bytes.length || length > MOST_CCID_DATA ? Number.POSITIVE_INFINITY : at + 10 + length;
}

function everywhere(bytes: Uint8Array, lookAt: (at: number) => Uint8Array | undefined): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const message = lookAt(at);
    if (message) found.push(message);
  }
  return found;
}
