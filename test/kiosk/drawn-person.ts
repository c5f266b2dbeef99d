import sharp from 'sharp';

/** A person drawn by us, as a JPEG of 640 × 480: no person's picture stands in the screenshots. */
export const drawnPerson = (): Promise<Buffer> => sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();

const svg = `
<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
  <rect width="640" height="480" fill="#cfd8dc"/>
  <rect width="190" height="480" fill="#e6edf0"/>
  <rect x="430" y="40" width="160" height="200" fill="#eef4f6"/>
  <path d="M120 480c0-96 84-140 200-140s200 44 200 140z" fill="#6b8fb0"/>
  <rect x="280" y="300" width="80" height="70" fill="#e3b08c"/>
  <ellipse cx="320" cy="225" rx="98" ry="122" fill="#f0c29f"/>
  <path d="M216 226c-14-104 44-146 104-146s118 42 104 146c-14-52-44-78-64-84-40 26-100 22-144 84z" fill="#40322b"/>
  <circle cx="282" cy="226" r="9" fill="#33261f"/>
  <circle cx="358" cy="226" r="9" fill="#33261f"/>
  <path d="M286 288q34 24 68 0" fill="none" stroke="#9c5a46" stroke-width="6" stroke-linecap="round"/>
</svg>`;
