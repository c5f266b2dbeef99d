/** What a module or a card says of itself, as a terminal may show it: printable ASCII. */
export function printable(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[^ -~]/g, '')
    .trim();
}
