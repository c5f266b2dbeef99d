import sharp from 'sharp';

/**
 * A line of print as the card stores it: black on white, 1 bit a pixel, PNG. Where no font is installed the
 * picture holds empty boxes; nothing on the bench reads it.
 */
export async function textImage(text: string, width: number, height: number): Promise<Uint8Array> {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#fff"/>` +
    `<text x="4" y="${Math.round(height * 0.75)}" font-size="${Math.round(height * 0.6)}" ` +
    `font-family="BIZ UDPGothic, Noto Sans CJK JP, sans-serif">${escapeXml(text)}</text></svg>`;
  const png = await sharp(Buffer.from(svg)).greyscale().threshold(128).png({ palette: true, colours: 2, dither: 0 }).toBuffer();
  return Uint8Array.from(png);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
