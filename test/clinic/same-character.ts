/** One place of JIS X 0208 or JIS X 0201 has two names in Unicode, and decoders differ in which they give: here they are one. */
const pairs: Record<string, string> = {
  '—': '―',
  '〜': '～',
  '‖': '∥',
  '−': '－',
  '¢': '￠',
  '£': '￡',
  '¬': '￢',
  '¥': '\\',
  '‾': '~',
};

export const sameCharacters = (text: string): string =>
  text.replaceAll(/[—〜‖−¢£¬¥‾]/g, (character) => pairs[character] ?? character);
