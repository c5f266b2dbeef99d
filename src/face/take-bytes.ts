/** Takes the bytes for the worker and wipes the original: nothing of a person stays behind on the way. */
export function takeBytes(original: Uint8Array): Uint8Array<ArrayBuffer> {
  const taken = Uint8Array.from(original);
  original.fill(0);
  return taken;
}
