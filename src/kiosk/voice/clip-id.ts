/** Words as one line: a line break on the screen is not one in speech. */
export const asOneLine = (words: string): string => words.replaceAll(/\s+/g, ' ').trim();

const FNV_OFFSET_BASIS = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** @returns the name of the clip that says these words: their FNV-1a hash (64 bits over UTF-8), 13 letters and digits */
export function clipId(words: string): string {
  let hash = FNV_OFFSET_BASIS;
  for (const byte of new TextEncoder().encode(asOneLine(words))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * FNV_PRIME);
  }
  return hash.toString(36).padStart(13, '0');
}
