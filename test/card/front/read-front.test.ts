import sharp from 'sharp';
import { expect, test } from 'vitest';
import { benchDesign } from '../../../src/bench/front/bench-design.ts';
import { conditionOf } from '../../../src/bench/front/condition.ts';
import { emptyTray, picturesOfFront } from '../../../src/bench/front/front-pictures.ts';
import { drawTemplates } from '../../../src/card/front/glyph-templates.ts';
import { readFront } from '../../../src/card/front/read-front.ts';
import { seededRandom } from '../../../src/setup/seeded-random.mjs';
import { pictureOf, today } from './front-bench.ts';

const templates = drawTemplates(benchDesign);
const read = async (jpeg: Uint8Array) => {
  const reading = await readFront(jpeg, benchDesign, await templates, today);
  return reading.at === 'read' ? Buffer.from(reading.code).toString('latin1') : reading.at;
};

test.each(['usual', 'turned', 'upside-down', 'leaning', 'uneven-light'] as const)('a card seen %s is read', async (kind) => {
  expect(await read(await pictureOf({}, kind))).toBe('55021720352285');
});

test('a foreign holder’s Gregorian year is read as it is printed', async () => {
  expect(await read(await pictureOf({ birthYear: 'gregorian', expiry: '20300911' }))).toBe('80021720302285');
});

test.each([
  ['an expiry that is not the birthday', { expiry: '20350218' }],
  ['an expiry too far ahead', { expiry: '20370217' }],
])('%s is clear to read and yet implausible', async (_name, changes) => {
  expect(await read(await pictureOf(changes))).toBe('implausible');
});

test('a print too soft to be read is unclear', async () => {
  expect(await read(await pictureOf({}, 'unreadable'))).toBe('unclear');
});

test('an empty tray shows no card, and another card no code', async () => {
  const condition = conditionOf('usual', seededRandom('one'));
  expect(await read(await emptyTray(condition, 'one'))).toBe('no-card');
  const { value: other } = await picturesOfFront(undefined, condition, 'one').next();
  expect(await read(other)).toBe('unclear');
});

test('a card that reaches out of the picture is not read', async () => {
  const whole = await pictureOf({});
  const cut = await sharp(whole).extract({ left: 300, top: 0, width: 980, height: 720 }).jpeg().toBuffer();
  expect(await read(cut)).toBe('no-card');
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no JPEG', Buffer.from('not a picture')],
])('%s is no picture', async (_name, bytes) => {
  expect(await read(bytes)).toBe('no-picture');
});

test('a picture that is cut off, too large, or of another format is no picture', async () => {
  const whole = await pictureOf({});
  expect(await read(whole.subarray(0, whole.length / 2))).toBe('no-picture');
  expect(await read(await sharp(whole).resize(1920, 1080).jpeg().toBuffer())).toBe('no-picture');
  expect(await read(await sharp(whole).png().toBuffer())).toBe('no-picture');
});
