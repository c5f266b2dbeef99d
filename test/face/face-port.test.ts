import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { emptyRoomFrames } from '../../src/bench/faces/photo-frames.ts';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import type { FaceHint, Frame } from '../../src/reception/ports.ts';
import { cameraShowing, changed, faceOnSimulatedTime, framesFrom, never, portraitJp2Of, settled } from './fixtures.ts';

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];
const { clock, face } = faceOnSimulatedTime();

async function attempt(portraitOfPerson: string, pictures: readonly Uint8Array[]) {
  const session = face.open();
  const stop = new AbortController();
  const hints: FaceHint[] = [];
  const frames = await framesFrom(cameraShowing(clock, pictures), stop.signal);
  const matching = session.match(frames, (hint) => hints.push(hint), stop.signal);
  const enrolled = await settled(clock, session.enrol(await portraitJp2Of(portraitOfPerson), stop.signal));
  const decision = await settled(clock, matching);
  stop.abort();
  session.close();
  return { enrolled, decision, hints };
}

describe('the bench personas, whose portrait and frames come from one photograph', () => {
  test.each(PEOPLE)('%s is accepted as themselves and as nobody else', async (person) => {
    for (const other of PEOPLE) {
      const { decision } = await attempt(person, await framesOf(other));
      if (!decision.ok) throw new Error(`${person} before ${other}: ${decision.fault.code}`);
      const { matched, score, frames, threshold, model } = decision.value;
      expect({ matched, frames, threshold, model }).toEqual({
        matched: person === other,
        frames: 3,
        threshold: MATCH_THRESHOLD,
        model: 'fr_feature',
      });
      if (person === other) expect(score).toBeGreaterThan(0.7);
      else expect(score).toBeLessThan(0.35);
    }
  });
});

describe('before the camera', () => {
  test('an empty room ends in FACE-402 after 12 s, with "look here" said once', async () => {
    const from = clock.now();
    const { decision, hints } = await attempt('a', await emptyRoomFrames());
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-402' } });
    expect(clock.now() - from).toBeGreaterThanOrEqual(12_000);
    expect(clock.now() - from).toBeLessThan(12_500);
    expect(hints).toEqual(['look-here']);
  });

  test('a camera that plays one picture over and over is not believed', async () => {
    const [still] = await framesOf('a');
    const { decision } = await attempt('a', [still as Uint8Array]);
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-402' } });
  });

  test('a change of person within the capture starts the comparison anew', async () => {
    const [ours, theirs] = [await framesOf('a'), await framesOf('b')];
    const pictures = [ours[0], ours[1], theirs[0], theirs[1], theirs[2]] as Uint8Array[];
    const { decision } = await attempt('a', pictures);
    expect(decision).toMatchObject({ ok: true, value: { matched: false } });
  });

  test('a frame cut short is passed over', async () => {
    const frames = await framesOf('a');
    const broken = frames.map((jpeg, index) => (index % 2 === 0 ? jpeg.subarray(0, jpeg.length / 2) : jpeg));
    expect((await attempt('a', broken)).decision).toMatchObject({ ok: true, value: { matched: true } });
  });

  test('someone too far away is asked to come closer, and is not judged', async () => {
    const far = await changed(await framesOf('a'), (image) =>
      image.resize(160, 120).extend({ top: 180, bottom: 180, left: 240, right: 240, background: '#888' }),
    );
    const { decision, hints } = await attempt('a', far);
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-402' } });
    expect(hints).toEqual(['come-closer']);
  });

  test('frames that stop for 2 s end in FACE-405', async () => {
    const frames = await framesOf('a');
    const matching = face.open().match(few(frames.slice(0, 1)), () => {}, never);
    const from = clock.now();
    expect(await settled(clock, matching)).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
    expect(clock.now() - from).toBe(2_000);
  });

  test('a camera that never gives a frame ends in FACE-405 after 8 s', async () => {
    const matching = face.open().match(few([]), () => {}, never);
    const from = clock.now();
    expect(await settled(clock, matching)).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
    expect(clock.now() - from).toBe(8_000);
  });

  test('frames that end, end in FACE-405', async () => {
    const stop = new AbortController();
    const frames = await framesFrom(cameraShowing(clock, await framesOf('a')), stop.signal);
    stop.abort();
    expect(await face.open().match(frames, () => {}, never)).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
  });
});

describe('the portrait', () => {
  test('one that cannot be decoded ends the running comparison with FACE-404', async () => {
    const session = face.open();
    const matching = session.match(few(await emptyRoomFrames()), () => {}, never);
    const enrolled = await session.enrol(
      Uint8Array.from({ length: 5000 }, () => 7),
      never,
    );
    expect(enrolled).toMatchObject({ ok: false, fault: { code: 'FACE-404' } });
    expect(await settled(clock, matching)).toMatchObject({ ok: false, fault: { code: 'FACE-404' } });
  });

  test('one without a face ends in FACE-404', async () => {
    const wall = await encodeJp2(new Uint8Array(240 * 320).fill(128), 240, 320);
    expect(await face.open().enrol(wall, never)).toMatchObject({ ok: false, fault: { code: 'FACE-404' } });
  });

  test('one that comes late is waited for', async () => {
    const session = face.open();
    const matching = session.match(await framesFrom(cameraShowing(clock, await framesOf('c'))), () => {}, never);
    await clock.advance(9_000);
    await settled(clock, session.enrol(await portraitJp2Of('c'), never));
    expect(await settled(clock, matching)).toMatchObject({ ok: true, value: { matched: true } });
  });

  test('one that never comes ends in FACE-404', async () => {
    const session = face.open();
    const matching = session.match(await framesFrom(cameraShowing(clock, await framesOf('c'))), () => {}, never);
    expect(await settled(clock, matching)).toMatchObject({ ok: false, fault: { code: 'FACE-404' } });
  });

  test('after an attempt that was stopped before the portrait came, the next attempt takes it', async () => {
    const session = face.open();
    const stop = new AbortController();
    stop.abort();
    expect(await session.enrol(await portraitJp2Of('d'), stop.signal)).toMatchObject({ ok: false });
    const matching = session.match(await framesFrom(cameraShowing(clock, await framesOf('d'))), () => {}, never);
    await settled(clock, session.enrol(await portraitJp2Of('d'), never));
    expect(await settled(clock, matching)).toMatchObject({ ok: true, value: { matched: true } });
  });
});

describe('nothing is kept', () => {
  test('the portrait and every frame looked at are wiped', async () => {
    const portrait = await portraitJp2Of('e');
    const frames = (await framesOf('e')).slice(0, 3).map((jpeg) => Uint8Array.from(jpeg));
    const session = face.open();
    const matching = session.match(few(frames), () => {}, never);
    await session.enrol(portrait, never);
    expect(await settled(clock, matching)).toMatchObject({ ok: true });
    for (const bytes of [portrait, ...frames]) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  test('aborting ends a comparison at once, without time passing', async () => {
    const session = face.open();
    const stop = new AbortController();
    const matching = session.match(few([]), () => {}, stop.signal);
    stop.abort();
    expect((await matching).ok).toBe(false);
  });

  test('closing the session ends its comparison', async () => {
    const session = face.open();
    const matching = session.match(few([]), () => {}, never);
    session.close();
    expect((await matching).ok).toBe(false);
  });
});

describe('the worker', () => {
  test('one that dies during a comparison ends it in FACE-406, and the next one works', async () => {
    const workers: Worker[] = [];
    const other = faceOnSimulatedTime({
      spawn(workerData) {
        const worker = new Worker(new URL('../../src/face/worker.ts', import.meta.url), { workerData });
        workers.push(worker);
        return worker;
      },
    });
    expect(await settled(other.clock, other.face.ready(never))).toEqual({ ok: true, value: undefined });
    const enrolling = other.face.open().enrol(await portraitJp2Of('a'), never);
    await workers[0]?.terminate();
    expect(await enrolling).toMatchObject({ ok: false, fault: { code: 'FACE-406' } });
    expect(await other.face.ready(never)).toMatchObject({ ok: false, fault: { code: 'FACE-406' } });
    await other.clock.advance(1_000);
    expect(await settled(other.clock, other.face.ready(never))).toMatchObject({ ok: true });
    expect(await other.face.open().enrol(await portraitJp2Of('a'), never)).toMatchObject({ ok: true });
    expect(workers).toHaveLength(2);
  });

  test('one that does not answer within 5 s is ended and replaced', async () => {
    const deaf = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', () => {});";
    const ready = "parentPort.postMessage({ type: 'ready', result: { ok: true } });";
    let starts = 0;
    const other = faceOnSimulatedTime({
      hold: undefined,
      spawn: () => {
        starts++;
        return new Worker(deaf + ready, { eval: true });
      },
    });
    await expect.poll(() => other.face.ready(AbortSignal.timeout(50))).toMatchObject({ ok: true });
    const answer = await settled(other.clock, other.face.open().enrol(await portraitJp2Of('a'), never));
    expect(answer).toMatchObject({ ok: false, fault: { code: 'FACE-406' } });
    await expect
      .poll(async () => {
        await other.clock.advance(1_000);
        return starts;
      })
      .toBe(2);
  });

  test('models that are missing or not the ones pinned are FACE-403', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'kazasu-models-'));
    onTestFinished(() => rm(empty, { recursive: true }));
    const missing = faceOnSimulatedTime({ modelsDir: empty });
    expect(await missing.face.ready(never)).toMatchObject({ ok: false, fault: { code: 'FACE-403' } });
    for (const id of ['fr_detect', 'fr_landmark', 'fr_feature']) await writeFile(join(empty, `${id}.onnx`), 'another');
    const wrong = faceOnSimulatedTime({ modelsDir: empty });
    expect(await wrong.face.ready(never)).toMatchObject({ ok: false, fault: { code: 'FACE-403' } });
    expect(await wrong.face.open().enrol(await portraitJp2Of('a'), never)).toMatchObject({
      ok: false,
      fault: { code: 'FACE-403' },
    });
  });
});

/** These pictures and then nothing more: a camera that hangs. */
async function* few(pictures: readonly Uint8Array[]): AsyncGenerator<Frame> {
  for (const [sequence, jpeg] of pictures.entries()) yield { jpeg, atMs: clock.now(), sequence };
  await new Promise(() => {});
}
