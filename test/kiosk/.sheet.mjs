import { readdirSync } from 'node:fs';
import sharp from 'sharp';

const [, , dir, out, cols, w, ...names] = process.argv;
const d = `/work/main/build/screens/${dir}`;
const fs = names.length ? names.map((n) => n + '.png') : readdirSync(d);
const W = +w,
  C = +cols;
const meta = await sharp(`${d}/${fs[0]}`).metadata();
const H = Math.round((W * meta.height) / meta.width);
const comp = await Promise.all(
  fs.map(async (f, i) => ({
    input: await sharp(`${d}/${f}`).resize(W, H).toBuffer(),
    left: (i % C) * (W + 8),
    top: Math.floor(i / C) * (H + 8),
  })),
);
await sharp({ create: { width: C * (W + 8), height: Math.ceil(fs.length / C) * (H + 8), channels: 3, background: '#888' } })
  .composite(comp)
  .png()
  .toFile(out);
