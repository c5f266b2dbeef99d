import type { FrontDesign, PrintedField } from '../../card/front/front-design.ts';

const DIGITS = '0123456789';

/** The front of a bench card: our own drawing, nobody's design. The characters are drawn by hand for it. */
export const benchDesign: FrontDesign = {
  /** ` S55.02.17`; a foreign holder's `1980.02.17`. */
  birth: field(7, 21, 2.275, [' 12', 'TSHR90', DIGITS, DIGITS, '', DIGITS, DIGITS, '', DIGITS, DIGITS]),
  /** `2035.02.17` */
  expiry: field(7, 30.5, 2.275, [DIGITS, DIGITS, DIGITS, DIGITS, '', DIGITS, DIGITS, '', DIGITS, DIGITS]),
  securityCode: field(38, 46, 1.75, [DIGITS, DIGITS, DIGITS, DIGITS]),
  strokeWidth: 1.9,
  glyphs: {
    '0': 'M7 3C10 3 11 6 11 10S10 17 7 17 3 14 3 10 4 3 7 3Z',
    '1': 'M4 6 7.5 3V17',
    '2': 'M3.2 6.5C3.5 4.2 5 3 7 3 9.3 3 10.8 4.5 10.8 6.6 10.8 9.5 7 12 3 17H11',
    '3': 'M3.3 5C4.2 3.6 5.5 3 7 3 9.2 3 10.6 4.4 10.6 6.3 10.6 8.4 9 9.6 6 9.6 9.3 9.6 11 11 11 13.3 11 15.6 9.3 17 7 17 5.3 17 3.9 16.3 3 15',
    '4': 'M9 17V3L3 13H11.4',
    '5': 'M10.4 3H4.4L3.8 9.4C4.7 8.6 5.8 8.2 7 8.2 9.4 8.2 11 10 11 12.5 11 15.2 9.3 17 6.8 17 5.2 17 3.9 16.4 3 15.2',
    '6': 'M10.3 4.4C9.5 3.5 8.5 3 7.3 3 4.5 3 3 5.8 3 10.8 3 14.8 4.5 17 7 17 9.4 17 11 15.2 11 12.6 11 10.1 9.4 8.4 7.2 8.4 5.2 8.4 3.6 9.6 3.1 11.6',
    '7': 'M3 3H11C8.5 7 6.5 11.5 6 17',
    '8': 'M7 3C9.2 3 10.5 4.3 10.5 6.2S9 9.5 7 9.5 3.5 8.1 3.5 6.2 4.8 3 7 3ZM7 9.5C9.4 9.5 11 11 11 13.2S9.4 17 7 17 3 15.5 3 13.2 4.6 9.5 7 9.5Z',
    '9': 'M3.7 15.6C4.5 16.5 5.5 17 6.7 17 9.5 17 11 14.2 11 9.2 11 5.2 9.5 3 7 3 4.6 3 3 4.8 3 7.4 3 9.9 4.6 11.6 6.8 11.6 8.8 11.6 10.4 10.4 10.9 8.4',
    T: 'M3 3H11M7 3V17',
    S: 'M10.6 5C9.8 3.7 8.6 3 7 3 4.8 3 3.4 4.3 3.4 6.2 3.4 11 10.9 8.6 10.9 13.4 10.9 15.6 9.2 17 7 17 5.2 17 3.8 16.2 3 14.7',
    H: 'M3 3V17M11 3V17M3 10H11',
    R: 'M3.2 17V3H7C9.4 3 10.8 4.4 10.8 6.6S9.4 10.2 7 10.2H3.2M7.2 10.2 11 17',
    '.': 'M6.6 16.6H7.4',
  },
};

function field(xMm: number, yMm: number, cellWidthMm: number, cells: readonly string[]): PrintedField {
  return { xMm, yMm, cellWidthMm, cellHeightMm: (cellWidthMm * 20) / 14, cells };
}
