/** The page's own guidance in Debian's Chromium: the real detector, on pictures of the bench's personas. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Capture, Screen } from '../../src/kiosk/protocol.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { connectWebcam } from '../browser/page-webcam.ts';
import { eventually } from '../eventually.ts';
import { blockGuidance, launchChromium, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';
import { type Pose, posedPerson } from './posed-person.ts';
import { watchDetector, watched } from './watched-detector.ts';

const nonce = '00112233445566778899aabbccddeeff';
/** What the reader says throughout: where the page has nothing to say, this is shown. */
const matching = (hint: FaceHint, capture: Capture = { source: 'reader' }) =>
  ({ at: 'matching-face', hint, capture, pin: 'open' }) as const satisfies Screen;

let browser: Browser;
let scripted: Scripted;
let page: Page;
let requests: string[];
let stopCamera = () => {};
/** What this machine's own camera shows. */
let webcamPicture: Buffer;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

beforeEach(async () => {
  scripted = await serveScripted();
  requests = [];
  webcamPicture = await posedPerson();
  page = await browser.newPage({ viewport: sizes[0] });
  await connectWebcam(page.context(), async () => webcamPicture);
  page.on('request', (request) => requests.push(request.url()));
});
afterEach(async () => {
  stopCamera();
  await page.close();
  await scripted.server.close();
});

async function openFaceScreen(screen: Screen = matching('comparing')): Promise<void> {
  await page.goto(scripted.server.bootUrl);
  await page.locator('h1').waitFor();
  scripted.source.show(screen);
  await page.locator('body[data-screen=matching-face]').waitFor();
}

/** The recorded camera shows that person from now on, ten pictures a second. */
async function pose(wanted: Pose): Promise<void> {
  stopCamera();
  const picture = await posedPerson(wanted);
  const timer = setInterval(() => scripted.source.preview(picture), 100);
  stopCamera = () => clearInterval(timer);
}

const shows = (hint: FaceHint) => page.locator(`.hint[data-hint="${hint}"]`).waitFor();
const shownHint = () => page.locator('.hint').getAttribute('data-hint');

/** What a camera that stands upright gives of a person, with `above` pixels of room over the usual picture. */
async function seenUpright(above: number, turnedDeg: 90 | 270): Promise<Buffer> {
  const person = await sharp(await posedPerson())
    .resize(720, 540)
    .toBuffer();
  const room = sharp({ create: { width: 720, height: 1280, channels: 3, background: '#8f9496' } });
  const upright = await room
    .composite([{ input: person, left: 0, top: above }])
    .png()
    .toBuffer();
  return sharp(upright).rotate(turnedDeg).jpeg({ quality: 90 }).toBuffer();
}

describe('a camera that stands upright', () => {
  test.each([
    ['who sits low', 740, 90],
    ['who stands tall', 0, 270],
  ] as const)('%s is found, and sent as by a camera that lies', async (_who, above, turnedDeg) => {
    webcamPicture = await seenUpright(above, turnedDeg);
    await openFaceScreen(matching('hold-still', { source: 'page', nonce, turnedDeg }));
    await shows('look-here');
    await shows('hold-still');
    const wanted = await sharp(await posedPerson())
      .greyscale()
      .raw()
      .toBuffer();
    await eventually(async () => {
      const sent = scripted.source.heard.flatMap((each) => (each.type === 'frame' ? [each.jpeg] : [])).at(-1);
      const { data, info } = await sharp(sent).greyscale().raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([640, 480]);
      expect(data.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / data.length).toBeLessThan(4);
    });
  });
});

describe('the page sees', () => {
  test('what a person can do, and leaves the word to the reader when there is nothing', { timeout: 180_000 }, async () => {
    await openFaceScreen();
    const poses: readonly (readonly [Pose, FaceHint])[] = [
      [{ scale: 0.5 }, 'come-closer'],
      [{}, 'comparing'],
      [{ scale: 1.9 }, 'move-back'],
      [{ shift: 150 }, 'look-here'],
      [{}, 'comparing'],
      [{ brightness: 0.2 }, 'too-dark'],
      [{ brightness: 3 }, 'too-bright'],
      [{ window: true, brightness: 0.45 }, 'light-behind'],
      [{ two: true }, 'one-person'],
      [{ nobody: true }, 'look-here'],
      [{}, 'comparing'],
    ];
    for (const [wanted, hint] of poses) {
      await pose(wanted);
      await shows(hint);
    }
  });

  test('a mask to be taken off goes before what the page sees, which is a hand before the face', async () => {
    await openFaceScreen();
    await pose({ scale: 0.5 });
    await shows('come-closer');
    scripted.source.show(matching('mask-off'));
    await shows('mask-off');
  });

  test('a turn that the reader asks for goes before what the page sees', async () => {
    await openFaceScreen();
    await pose({ scale: 0.5 });
    await shows('come-closer');
    scripted.source.show(matching('turn-left'));
    await shows('turn-left');
    expect(await page.locator('.turn-arrow.left, .turn-drawing.left').count()).toBe(2);
    scripted.source.show(matching('comparing'));
    await shows('come-closer');
  });

  test('the picture of this machine’s own camera too', async () => {
    await openFaceScreen(matching('hold-still', { source: 'page', nonce }));
    await eventually(() => expect(scripted.source.heard.some(({ type }) => type === 'frame')).toBe(true));
    await shows('hold-still');
    webcamPicture = await posedPerson({ scale: 0.5 });
    await shows('come-closer');
    webcamPicture = await posedPerson();
    await shows('hold-still');
  });
});

test('a hint stands for half a second at least, however fast the reader changes its mind', async () => {
  await blockGuidance(page);
  await openFaceScreen(matching('look-here'));
  const changes = page.evaluate(async () => {
    const { document, MutationObserver, performance } = globalThis as unknown as ObservedPage;
    const times: number[] = [];
    return new Promise<number[]>((resolve) => {
      const observer = new MutationObserver(() => {
        if (times.push(performance.now()) === 6) resolve(times);
      });
      observer.observe(document.querySelector('.hint'), { attributes: true, attributeFilter: ['data-hint'] });
    });
  });
  const hints = ['come-closer', 'look-here', 'move-back'] as const;
  let change = 0;
  const timer = setInterval(() => scripted.source.show(matching(hints[change++ % 3] ?? 'look-here')), 70);
  const times = await changes;
  clearInterval(timer);
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  // Without the half second they would be 70 ms apart; a busy machine draws a change late, and the next one in time.
  expect(Math.min(...pauses)).toBeGreaterThan(250);
});

type ObservedPage = {
  readonly document: { querySelector(selector: string): unknown };
  readonly performance: { now(): number };
  readonly MutationObserver: new (
    callback: () => void,
  ) => { observe(target: unknown, options: { attributes: boolean; attributeFilter: readonly string[] }): void };
};

test('everything comes from the reader itself, the detector not before a card is there', async () => {
  await page.goto(scripted.server.bootUrl);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  expect(requests.filter((url) => /wasm|tflite|vision/.test(url))).toEqual([]);
  scripted.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
  await eventually(() => expect(requests.some((url) => url.endsWith('.tflite'))).toBe(true));
  scripted.source.show(matching('comparing'));
  await pose({ scale: 0.5 });
  await shows('come-closer');
  const own = `${scripted.server.origin}/`;
  expect(requests.filter((url) => !url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([]);
});

test('without WebAssembly the reader’s hints are shown and its pictures sent as before', async () => {
  await blockGuidance(page);
  await openFaceScreen(matching('too-dark', { source: 'page', nonce }));
  await eventually(() => expect(scripted.source.heard.filter(({ type }) => type === 'frame').length).toBeGreaterThan(5));
  expect(await shownHint()).toBe('too-dark');
  scripted.source.show(matching('come-closer', { source: 'page', nonce }));
  await shows('come-closer');
});

test('when the face screen ends, the detector’s last picture is an empty one', async () => {
  await watchDetector(page);
  await openFaceScreen();
  await pose({ scale: 0.5 });
  await shows('come-closer');
  expect(await watched(page)).toEqual({ lastIsEmpty: false, closed: 0 });
  scripted.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
  await page.locator('body[data-screen=choosing]').waitFor();
  await eventually(async () => expect(await watched(page)).toEqual({ lastIsEmpty: true, closed: 0 }));
});

test('a detector that breaks is closed, and leaves the reader’s hints', async () => {
  await watchDetector(page);
  await openFaceScreen(matching('comparing'));
  await pose({ scale: 0.5 });
  await shows('come-closer');
  await page.evaluate(() => {
    const { CanvasRenderingContext2D } = globalThis as unknown as { CanvasRenderingContext2D: { prototype: object } };
    Object.assign(CanvasRenderingContext2D.prototype, {
      getImageData: () => {
        throw new Error('broken');
      },
    });
  });
  await shows('comparing');
  await eventually(async () => expect(await watched(page)).toMatchObject({ closed: 1 }));
  scripted.source.show(matching('move-back'));
  await shows('move-back');
});
