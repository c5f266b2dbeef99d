/** The laws of one attempt, with a worker that sees what the test says; frames come ten a second of simulated time. */
import { expect, test } from 'vitest';
import { openFaceSession } from '../../src/face/face-session.ts';
import type { Sighting } from '../../src/face/recognise.ts';
import type { FaceWorker } from '../../src/face/worker-host.ts';
import { ok, type Result } from '../../src/faults/result.ts';
import type { FaceHint, Frame } from '../../src/reception/ports.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { never, settled } from './fixtures.ts';

const FRAME_MS = 100;
const box = { x: 200, y: 120, width: 200, height: 200 };
let nth = 0;
/** No two are the same picture. */
const template = () => Float32Array.of(1, ++nth * 1e-6);
const face = (turn = 0): Sighting => ({ at: 'face', template: template(), box, turn, eyes: [70, 0], down: [0, 80] });
const hint = (said: FaceHint): Sighting => ({ at: 'hint', hint: said });
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

/** @param sees what the frames show, one after the other; the last one stands */
function counter(sees: readonly (() => Sighting)[], { challenge = 'turn' as 'turn' | 'none', sides = [0] } = {}) {
  const clock = createSimulatedClock();
  let looked = 0;
  let drawn = 0;
  const worker: FaceWorker = {
    ready: async () => ok(),
    close: async () => {},
    look: async ({ job }): Promise<Result<Sighting>> =>
      ok(job === 'portrait' ? face() : (sees[Math.min(looked++, sees.length - 1)] as () => Sighting)()),
  };
  const random = () => Uint8Array.of(sides[drawn++ % sides.length] as number);
  const session = openFaceSession(worker, { clock, challenge, random });
  async function* frames(): AsyncGenerator<Frame> {
    for (let sequence = 0; ; sequence++) {
      await new Promise<void>((resolve) => clock.after(FRAME_MS, resolve));
      yield { jpeg: Uint8Array.of(1), atMs: clock.now(), sequence };
    }
  }
  const match = (onHint: (hint: FaceHint) => void = () => {}) => settled(clock, session.match(frames(), onHint, never));
  return { clock, session, match, drawn: () => drawn };
}

const turning = (to: number) => [0, 0, 0, 0.3, 0.6, 1, 1, 1].map((share) => () => face(to * share));
const lookingIn = [...times(3, () => () => face()), () => hint('one-person')];

test('whoever breaks off does not get another side, and not for ever another turn', async () => {
  const at = counter([...lookingIn, ...lookingIn, ...lookingIn, ...lookingIn, ...lookingIn], { sides: [1, 0] });
  await at.session.enrol(Uint8Array.of(1), never);
  const asked = new Set<FaceHint>();
  const decision = await at.match((said) => asked.add(said));
  expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-407' } });
  expect(at.drawn()).toBe(1);
  expect(asked.has('turn-left')).toBe(false);
});

test('a head that turns to the side asked for passes', async () => {
  const at = counter([...times(3, () => () => face()), ...turning(0.25)]);
  await at.session.enrol(Uint8Array.of(1), never);
  expect(await at.match()).toMatchObject({ ok: true, value: { matched: true, liveness: 'head-turned' } });
});

test('frames with a second person, or with nobody, between them are not decided on together', async () => {
  for (const between of ['one-person', 'look-here'] as const) {
    const away = times(12, () => () => hint(between));
    const at = counter([() => face(), ...away, () => face(), ...away, () => face(), () => hint('look-here')], {
      challenge: 'none',
    });
    await at.session.enrol(Uint8Array.of(1), never);
    expect(await at.match()).toMatchObject({ ok: false, fault: { code: 'FACE-402' } });
  }
});

test('a portrait enrolled while another is compared with does not disturb that, and is used next', async () => {
  const at = counter([() => face()], { challenge: 'none' });
  await at.session.enrol(Uint8Array.of(1), never);
  const matching = at.match();
  await at.session.enrol(Uint8Array.of(1), never);
  expect(await matching).toMatchObject({ ok: true, value: { matched: true } });
  expect(await at.match()).toMatchObject({ ok: true, value: { matched: true } });
});

test('of two portraits enrolled at once the second is refused and wiped', async () => {
  const at = counter([() => face()], { challenge: 'none' });
  const both = await Promise.all([at.session.enrol(Uint8Array.of(1), never), at.session.enrol(Uint8Array.of(1), never)]);
  expect(both).toMatchObject([{ ok: true }, { ok: false, fault: { code: 'FACE-406' } }]);
});

test('a picture that comes when nobody waits any more is wiped', async () => {
  const at = counter([() => face()], { challenge: 'none' });
  const jpeg = Uint8Array.of(9, 9, 9);
  const gate = Promise.withResolvers<void>();
  async function* late(): AsyncGenerator<Frame> {
    await gate.promise;
    yield { jpeg, atMs: 0, sequence: 0 };
  }
  const stop = new AbortController();
  const matching = at.session.match(late(), () => {}, stop.signal);
  await at.clock.advance(FRAME_MS);
  stop.abort();
  expect(await matching).toMatchObject({ ok: false });
  gate.resolve();
  await at.clock.advance(FRAME_MS);
  expect([...jpeg]).toEqual([0, 0, 0]);
});
