import sharp from 'sharp';

/** IPAmjMincho has the most kanji of names, where it is installed. */
const FONTS = 'Noto Sans CJK JP, IPAmjMincho, sans-serif';

/**
 * A line of print as the card stores it: black on white, 1 bit a pixel, PNG. A long one is printed smaller. Where no
 * font has a character the picture holds an empty box.
 */
export async function textImage(text: string, width: number, height: number): Promise<Uint8Array> {
  const widest = (width - 8) / Math.max(1, [...text].length);
  const size = Math.round(Math.min(height * 0.6, widest));
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>` +
    `<text x="4" y="${Math.round(height * 0.75)}" font-size="${size}" font-family="${FONTS}">${escapeXml(text)}</text></svg>`;
  const png = await sharp(Buffer.from(svg)).greyscale().threshold(128).png({ palette: true, colours: 2, dither: 0 }).toBuffer();
  return Uint8Array.from(png);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
