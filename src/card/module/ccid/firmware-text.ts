/** A reader's own name for its firmware as it may be shown: printable ASCII. */
export function firmwareText(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^ -~]/g, '')
    .trim();
}
