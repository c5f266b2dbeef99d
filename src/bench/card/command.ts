/**
 * A command APDU taken apart (ISO 7816-4, 5.1; 7816-3, 12.1).
 *
 *   case 1   CLA INS P1 P2
 *   case 2   CLA INS P1 P2  Le          extended  00 Le[2]
 *   case 3   CLA INS P1 P2  Lc data     extended  00 Lc[2] data
 *   case 4   CLA INS P1 P2  Lc data Le  extended  00 Lc[2] data Le[2]
 *
 * Le 00 asks for 256 bytes, extended 0000 for 65536.
 */
export type Command = {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data: Uint8Array;
  /** How many bytes are asked for; undefined when none are. */
  readonly le: number | undefined;
};

/** Returns undefined when the lengths do not add up: such a command is answered 6700. */
export function parseCommand(apdu: Uint8Array): Command | undefined {
  if (apdu.length < 4) return undefined;
  const [cla = 0, ins = 0, p1 = 0, p2 = 0] = apdu;
  const body = parseBody(apdu.subarray(4));
  return body && { cla, ins, p1, p2, ...body };
}

function parseBody(body: Uint8Array): { data: Uint8Array; le: number | undefined } | undefined {
  const none = new Uint8Array();
  if (body.length === 0) return { data: none, le: undefined };
  const [first = 0, high = 0, low = 0] = body;
  if (body.length === 1) return { data: none, le: first || 256 };
  if (first !== 0) return parseData(body.subarray(1), first, (le) => (le[0] ?? 0) || 256, 1);
  if (body.length < 3) return undefined;
  const length = high * 256 + low;
  if (body.length === 3) return { data: none, le: length || 65536 };
  return parseData(body.subarray(3), length, ([h = 0, l = 0]) => h * 256 + l || 65536, 2);
}

function parseData(rest: Uint8Array, lc: number, readLe: (bytes: Uint8Array) => number, leLength: number) {
  const data = rest.slice(0, lc);
  if (lc === 0 || data.length < lc) return undefined;
  if (rest.length === lc) return { data, le: undefined };
  if (rest.length === lc + leLength) return { data, le: readLe(rest.subarray(lc)) };
  return undefined;
}
