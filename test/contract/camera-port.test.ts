import { expect, test } from 'vitest';
import { BenchCamera, type Sight } from '../../src/bench/faces/bench-camera.ts';
import { createRecordedCamera } from '../../src/bench/faces/recorded-camera.ts';
import { createPageCamera, type PageCamera } from '../../src/camera/page-camera.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { type CameraBench, cameraPortContract, type FedCameraBench, fedCameraContract } from './camera-port.ts';

/** Between two pictures of a recording. */
const PACE_MS = 100;
let draws = 0;
const random = (length: number) => new Uint8Array(length).fill(++draws);
const page: Sight = { kind: 'page' };
const persona: Sight = { kind: 'persona', personaId: 'adult', face: 'a' };

type Fed = Pick<PageCamera, 'frames' | 'frame' | 'failed'> & { capture(): { readonly nonce?: string } | undefined };

/** A page that goes on sending under the last nonce it was told. */
function fedByPage(camera: Fed, clock: CameraBench['clock']): FedCameraBench {
  let nonce = '';
  let pictures = 0;
  return {
    camera: {
      async frames(signal) {
        const opened = await camera.frames(signal);
        nonce = camera.capture()?.nonce ?? nonce;
        return opened;
      },
    },
    clock,
    async arrive() {
      await clock.advance(1);
      const jpeg = new Uint8Array(10).fill(++pictures);
      camera.frame(nonce, jpeg);
      return jpeg;
    },
    lose: async () => camera.failed(nonce),
  };
}

async function pageCamera(): Promise<FedCameraBench> {
  const clock = createSimulatedClock();
  return fedByPage(createPageCamera({ clock, random }), clock);
}

async function recordedCamera(): Promise<CameraBench> {
  const clock = createSimulatedClock();
  let pictures: Uint8Array[] | undefined = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)];
  return {
    camera: createRecordedCamera({ clock, fps: 1000 / PACE_MS, framesFor: () => pictures }),
    clock,
    arrive: () => clock.advance(PACE_MS),
    async lose() {
      pictures = undefined;
      await clock.advance(PACE_MS);
    },
  };
}

async function benchCamera(sight: Sight) {
  const clock = createSimulatedClock();
  const camera = new BenchCamera({ clock, random, hold: clock.hold });
  expect(await camera.look(sight)).toEqual({ ok: true });
  return { camera, clock };
}

async function benchCameraOnPersona(): Promise<CameraBench> {
  const { camera, clock } = await benchCamera(persona);
  return {
    camera,
    clock,
    arrive: () => clock.advance(PACE_MS),
    async lose() {
      await camera.look(page);
      await clock.advance(PACE_MS);
    },
  };
}

async function benchCameraOnPage(): Promise<FedCameraBench> {
  const { camera, clock } = await benchCamera(page);
  return fedByPage(camera as Fed, clock);
}

fedCameraContract('the kiosk page', pageCamera);
cameraPortContract('a recording', recordedCamera);
fedCameraContract('the bench, looking through the page', benchCameraOnPage);
cameraPortContract('the bench, looking at a persona', benchCameraOnPersona);

test.each([
  [page, persona, 'reader'],
  [persona, page, 'page'],
] as const)(
  'the bench looks elsewhere: the capture that runs ends, and the next one is of the new sight',
  async (one, other, source) => {
    const { camera, clock } = await benchCamera(one);
    const opened = await camera.frames(new AbortController().signal);
    if (!opened.ok) throw new Error(opened.fault.code);
    let ended = false;
    void opened.value[Symbol.asyncIterator]()
      .next()
      .then(({ done }) => {
        ended = done === true;
      });
    await camera.look(other);
    await clock.advance(PACE_MS);
    expect(ended).toBe(true);
    expect(camera.capture()).toBeUndefined();
    await camera.frames(new AbortController().signal);
    expect(camera.capture()?.source).toBe(source);
  },
);

test('of two looks at once the later one is what is seen, however long the pictures of the earlier one take', async () => {
  const camera = new BenchCamera({ clock: createSimulatedClock(), random });
  const looks = [camera.look(persona), camera.look({ kind: 'picture', path: 'no such picture' }), camera.look(page)];
  expect(await Promise.all(looks)).toMatchObject([{ ok: true }, { ok: false }, { ok: true }]);
  expect(camera.sight).toEqual(page);
});
