/** Reads an Intel HEX file of data records, as avr-objcopy writes it. */

/**
 * Returns the flash that the file fills; what it leaves open is FF.
 * @throws on a wrong checksum and on a record that is neither data nor the end
 */
export function readIntelHex(text: string, flashBytes: number): Uint8Array {
  const flash = new Uint8Array(flashBytes).fill(0xff);
  for (const line of text.trim().split(/\r?\n/)) {
    const record = Buffer.from(line.slice(1), 'hex');
    const [length = 0, high = 0, low = 0, type] = record;
    if (record.reduce((sum, byte) => sum + byte, 0) % 256 !== 0) throw new Error(`Intel HEX: wrong checksum in ${line}`);
    if (type === 1) return flash;
    if (type !== 0) throw new Error(`Intel HEX: record type ${type} in ${line}`);
    flash.set(record.subarray(4, 4 + length), high * 256 + low);
  }
  throw new Error('Intel HEX: no end record');
}
