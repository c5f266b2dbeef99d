/** The page's own guidance in Debian's Chromium: the real detector, on pictures of the bench's personas. */
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Capture, Screen } from '../../src/kiosk/protocol.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { connectWebcam } from '../browser/page-webcam.ts';
import { blockGuidance, launchChromium, type Scripted, serveScripted, sizes } from './kiosk-browser.ts';
import { type Pose, posedPerson } from './posed-person.ts';

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

const shows = (hint: FaceHint) => page.locator(`.hint[data-hint="${hint}"]`).waitFor({ timeout: 15_000 });
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
    await vi.waitFor(async () => {
      const sent = scripted.source.heard.flatMap((each) => (each.type === 'frame' ? [each.jpeg] : [])).at(-1);
      const { data, info } = await sharp(sent).greyscale().raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([640, 480]);
      expect(data.reduce((sum, value, at) => sum + Math.abs(value - (wanted[at] ?? 0)), 0) / data.length).toBeLessThan(4);
    }, 10_000);
  });
});

describe('the page sees', () => {
  test('what a person can do, and leaves the word to the reader when there is nothing', async () => {
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
    await vi.waitFor(() => expect(scripted.source.heard.some(({ type }) => type === 'frame')).toBe(true), { timeout: 10_000 });
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
    const observer = new MutationObserver(() => times.push(performance.now()));
    observer.observe(document.querySelector('.hint'), { attributes: true, attributeFilter: ['data-hint'] });
    await new Promise((resolve) => setTimeout(resolve, 4000));
    return times;
  });
  const hints = ['come-closer', 'look-here', 'move-back'] as const;
  let change = 0;
  const timer = setInterval(() => scripted.source.show(matching(hints[change++ % 3] ?? 'look-here')), 70);
  const times = await changes;
  clearInterval(timer);
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(times.length).toBeGreaterThanOrEqual(4);
  // A timer counts from its start, a change from its painting: frames apart.
  expect(Math.min(...pauses)).toBeGreaterThan(450);
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
  await vi.waitFor(() => expect(requests.some((url) => url.endsWith('.tflite'))).toBe(true), { timeout: 20_000 });
  scripted.source.show(matching('comparing'));
  await pose({ scale: 0.5 });
  await shows('come-closer');
  const own = `${scripted.server.origin}/`;
  expect(requests.filter((url) => !url.startsWith(own) && !url.startsWith('data:') && !url.startsWith('blob:'))).toEqual([]);
});

test('without WebAssembly the reader’s hints are shown and its pictures sent as before', async () => {
  await blockGuidance(page);
  await openFaceScreen(matching('too-dark', { source: 'page', nonce }));
  await vi.waitFor(() => expect(scripted.source.heard.filter(({ type }) => type === 'frame').length).toBeGreaterThan(5), {
    timeout: 10_000,
  });
  expect(await shownHint()).toBe('too-dark');
  scripted.source.show(matching('come-closer', { source: 'page', nonce }));
  await shows('come-closer');
});

/** What the detector was given last, which stays in a texture of its WebGL, and how often one was closed. */
type Watched = { lastIsEmpty?: boolean; closed: number };
const watched = (): Promise<Watched> => page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

async function watchDetector(): Promise<void> {
  await page.addInitScript(() => {
    const found: Watched = { closed: 0 };
    const { WebGL2RenderingContext, HTMLCanvasElement, document } = Object.assign(globalThis, { watched: found }) as unknown as {
      WebGL2RenderingContext: { prototype: { texImage2D(...words: unknown[]): unknown } };
      HTMLCanvasElement: new () => PaintedCanvas;
      document: { createElement(name: string): PaintedCanvas };
    };
    const { texImage2D } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.texImage2D = function (...words) {
      const picture = words.at(-1);
      if (picture instanceof HTMLCanvasElement) {
        const { width, height } = picture;
        const drawing = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
        drawing.drawImage(picture, 0, 0);
        found.lastIsEmpty = new Uint32Array(drawing.getImageData(0, 0, width, height).data.buffer).every((pixel) => pixel === 0);
      }
      return texImage2D.apply(this, words);
    };
    // Its WebAssembly's function, caught as it is put into the module.
    Object.defineProperty(Object.prototype, '_closeGraph', {
      set(closeGraph: () => void) {
        const value = () => {
          found.closed++;
          closeGraph();
        };
        Object.defineProperty(this, '_closeGraph', { value, writable: true });
      },
    });
  });
}

type PaintedCanvas = {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    drawImage(picture: unknown, x: number, y: number): void;
    getImageData(...box: number[]): { readonly data: Uint8ClampedArray };
  };
};

test('when the face screen ends, the detector’s last picture is an empty one', async () => {
  await watchDetector();
  await openFaceScreen();
  await pose({ scale: 0.5 });
  await shows('come-closer');
  expect(await watched()).toEqual({ lastIsEmpty: false, closed: 0 });
  scripted.source.show({ at: 'choosing', face: 'open', pin: 'open', visual: true });
  await page.locator('body[data-screen=choosing]').waitFor();
  expect(await watched()).toEqual({ lastIsEmpty: true, closed: 0 });
});

test('a detector that breaks is closed, and leaves the reader’s hints', async () => {
  await watchDetector();
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
  expect(await watched()).toMatchObject({ closed: 1 });
  scripted.source.show(matching('move-back'));
  await shows('move-back');
});
