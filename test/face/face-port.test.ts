/** The face port beyond its contract: who is taken for whom, odd pictures, a worker that cannot work. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { EMBEDDING_ID, MATCH_THRESHOLD } from '../../src/face/models.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { eventually } from '../eventually.ts';
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
        model: EMBEDDING_ID,
      });
      if (person === other) expect(score).toBeGreaterThan(0.7);
      else expect(score).toBeLessThan(0.45);
    }
  });
});

describe('before the camera', () => {
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
});

describe('the portrait', () => {
  test('one without a face ends in FACE-404', async () => {
    const wall = await encodeJp2(new Uint8Array(240 * 320).fill(128), 240, 320);
    expect(await face.open().enrol(wall, never)).toMatchObject({ ok: false, fault: { code: 'FACE-404' } });
  });
});

describe('the worker', () => {
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
    expect(await other.face.ready(never)).toMatchObject({ ok: true });
    const answer = await settled(other.clock, other.face.open().enrol(await portraitJp2Of('a'), never));
    expect(answer).toMatchObject({ ok: false, fault: { code: 'FACE-406' } });
    await eventually(async () => {
      await other.clock.advance(1_000);
      expect(starts).toBe(2);
    });
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
