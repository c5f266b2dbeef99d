import sharp from 'sharp';
import { ID1, type PrintedField } from '../../card/front/front-design.ts';
import type { GreyPicture } from '../../card/front/grey-picture.ts';
import { eraYear } from '../card/japanese-era.ts';
import type { Portrait } from '../faces/persona-faces.ts';
import type { Persona } from '../personas.ts';
import { benchDesign } from './bench-design.ts';
import type { Area } from './wear.ts';

/** What is printed on a bench card's front. */
export type FrontPrint = Pick<Persona, 'name' | 'address' | 'birthYear' | 'sex' | 'securityCode'> & {
  /** YYYY-MM-DD */
  readonly birth: string;
  /** YYYYMMDD */
  readonly expiry: string;
  readonly portrait: Portrait | undefined;
};

/** A little finer than the camera sees. */
const PRINT_PX_PER_MM = 12;

/** Letters for the eras that a persona can be born in, by JPKI's digit. */
const ERA_LETTERS: Readonly<Record<string, string>> = { '5': 'R', '4': 'H', '3': 'S', '2': 'T' };

/** Where the characters are printed that are read, in pixels of the drawing. */
export const readAreas: readonly Area[] = [benchDesign.birth, benchDesign.expiry, benchDesign.securityCode].map(
  ({ xMm, yMm, cellWidthMm, cellHeightMm, cells }) => ({
    x: xMm * PRINT_PX_PER_MM,
    y: yMm * PRINT_PX_PER_MM,
    width: cells.length * cellWidthMm * PRINT_PX_PER_MM,
    height: cellHeightMm * PRINT_PX_PER_MM,
  }),
);

/**
 * The print in grey, 12 pixels a millimetre; of a card without a holder when `print` is undefined.
 * @param inkSpread how broad the strokes of what is read come out, 1 as drawn
 */
export async function drawFront(print: FrontPrint | undefined, inkSpread = 1): Promise<GreyPicture> {
  const width = Math.round(ID1.widthMm * PRINT_PX_PER_MM);
  const height = Math.round(ID1.heightMm * PRINT_PX_PER_MM);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${ID1.widthMm} ${ID1.heightMm}" font-family="BIZ UDPGothic, Noto Sans CJK JP, sans-serif">` +
    `${print ? await holderCard(print, inkSpread) : otherCard()}</svg>`;
  const data = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer();
  return { data, width, height };
}

async function holderCard(print: FrontPrint, inkSpread: number): Promise<string> {
  const { birth, expiry, securityCode } = benchDesign;
  return [
    ground('#ecebe6', '#d5d9d2'),
    text(7, 6.5, 3, 'かざす試験券（見本・架空）'),
    text(7, 12.5, 3.4, print.name),
    text(7, 16.6, 2.2, print.address),
    text(7, 20.4, 1.8, '生年月日'),
    row(birth, birthText(print), inkSpread),
    text(32.5, 24.2, 2.4, print.sex === '1' ? '性別 男' : '性別 女'),
    text(7, 29.9, 1.8, '有効期限'),
    row(expiry, `${print.expiry.slice(0, 4)}.${print.expiry.slice(4, 6)}.${print.expiry.slice(6)}`, inkSpread),
    text(38, 45, 1.6, '券面番号'),
    '<rect x="36.8" y="45.5" width="9.4" height="3.5" fill="none" stroke="#777" stroke-width="0.15"/>',
    row(securityCode, print.securityCode, inkSpread),
    text(7, 48.5, 2, 'KAZASU BENCH'),
    await picture(print.portrait),
  ].join('');
}

const otherCard = (): string => ground('#cfd8d0', '#a7b8ad') + text(8, 15, 6, '乗車券（架空）') + text(8, 45, 3, 'BENCH TRANSIT');

/** As code-b.ts reads it. */
function birthText({ birth, birthYear }: FrontPrint): string {
  const [year = '', month = '', day = ''] = birth.split('-');
  if (birthYear === 'gregorian') return `${year}.${month}.${day}`;
  const era = eraYear(birth);
  return ` ${ERA_LETTERS[era.code]}${String(era.year).padStart(2, '0')}.${month}.${day}`;
}

function row({ xMm, yMm, cellWidthMm }: PrintedField, characters: string, inkSpread: number): string {
  const scale = cellWidthMm / 14;
  const cells = [...characters].map((character, cell) => {
    const path = benchDesign.glyphs[character];
    return path ? `<path transform="translate(${cell * 14} 0)" d="${path}"/>` : '';
  });
  return (
    `<g transform="translate(${xMm} ${yMm}) scale(${scale})" fill="none" stroke="#262626" stroke-linecap="round" ` +
    `stroke-linejoin="round" stroke-width="${benchDesign.strokeWidth * inkSpread}">${cells.join('')}</g>`
  );
}

/** A pale pattern of waves under the print. */
function ground(light: string, dark: string): string {
  const waves = Array.from({ length: 18 }, (_, index) => {
    const y = 1.5 + 3 * index;
    return `<path d="M0 ${y}q10.7-3 21.4 0t21.4 0 21.4 0 21.4 0" fill="none" stroke="${dark}" stroke-width="0.5"/>`;
  });
  return `<rect width="100%" height="100%" fill="${light}"/>${waves.join('')}`;
}

const text = (x: number, y: number, size: number, content: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="#333">${escapeXml(content)}</text>`;

async function picture(portrait: Portrait | undefined): Promise<string> {
  if (!portrait) return '<rect x="60" y="10" width="19" height="25.3" fill="#c9ccc8"/>';
  const { grey, width, height } = portrait;
  const png = await sharp(grey, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return `<image x="60" y="10" width="19" height="25.3" xlink:href="data:image/png;base64,${png.toString('base64')}"/>`;
}

function escapeXml(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
