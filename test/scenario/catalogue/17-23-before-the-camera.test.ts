import { describe, expect, test } from 'vitest';
import { createReaderSource } from '../../../src/kiosk/reader-source.ts';
import type { Intent } from '../../../src/reception/state.ts';
import { useCounter } from '../use-counter.ts';
import { beforeWindow, cameraSees, hintsShown, lowInFrame, sideBySide } from './camera-scenes.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult } from './result-file.ts';

/** Who stands before the reader, how they are seen, and who they are not. */
const the = useCounter();

/** Until a turn of the head is given up, the face worker looks at some three hundred pictures, in real time. */
const REAL_WORK = { timeout: 180_000 };
/** Long enough for a hint to be read, and short of the end of an attempt. */
const A_WHILE_MS = 3_000;

async function isReceivedByFace(): Promise<void> {
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.recorded()).toEqual([{ method: 'face', outcome: 'accepted' }]);
  expect(lastResult(the.counter).text('QualificationValidity')).toBe('1');
}

/** One more attempt is open after it. */
async function triesTwice(): Promise<void> {
  for (const _attempt of [1, 2]) {
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    await the.counter.sees('face-retry');
  }
}

describe('a difficulty that somebody can mend', () => {
  const scenes = [
    { scene: '17 a face low in the picture, of somebody in a wheelchair', drawn: () => lowInFrame('a'), hint: 'look-here' },
    { scene: '19 a bright window behind', drawn: () => beforeWindow('a'), hint: 'light-behind' },
    { scene: '22 two people', drawn: () => sideBySide('a', 'c'), hint: 'one-person' },
  ] as const;

  test.each(scenes)('$scene: told so, not as a mismatch, and then received in the same attempt', async ({ drawn, hint }) => {
    await the.counter.comesToChoose('adult');
    await cameraSees(the.counter, await drawn());
    const hints = hintsShown(the.counter);
    the.counter.choose('face');
    await the.counter.clock.advance(A_WHILE_MS);
    expect(the.counter.screen()).toMatchObject({ at: 'matching-face', hint });
    // `look-here` is also what an attempt begins with.
    expect([...hints].filter((one) => one !== 'look-here')).toEqual(hint === 'look-here' ? [] : [hint]);
    await the.counter.standsBefore('adult');
    await isReceivedByFace();
    expect(the.counter.shown).not.toContain('face-retry');
  });

  test('19 a bright window that nobody can move: after a while it is tried anew, and still not called a mismatch', async () => {
    await the.counter.comesToChoose('adult');
    await cameraSees(the.counter, await beforeWindow('a'));
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    await the.counter.sees('face-retry');
    expect(the.counter.screen()).toMatchObject({ code: 'FACE-402', pin: 'open', visual: true });
    expect(the.counter.audited()).not.toContain('face.decided');
  });
});

test('18 by voice and keys alone: what a key sends is enough, and there is time to listen', async () => {
  const { reader, clinic, bench, staff, clock } = the.counter;
  const parts = { reader, clinic, staff: staff.port, camera: bench.camera };
  const kiosk = createReaderSource({ ...parts, faceReady: () => true, simulated: ['card', 'gateway'] });
  const says = (intent: Intent) => kiosk.intent(intent, kiosk.snapshot().revision);
  const presses = (keys: string) => {
    for (const key of Buffer.from(keys, 'latin1')) kiosk.pinKey(key);
  };
  await the.counter.comesToChoose('adult');
  says({ type: 'choose', method: 'pin' });
  await clock.advance(45_000);
  expect(kiosk.snapshot()).toMatchObject({ hurry: true, screen: { at: 'entering-pin' } });
  says({ type: 'extend' });
  await clock.advance(30_000);
  expect(kiosk.snapshot()).toMatchObject({ hurry: false, screen: { at: 'entering-pin', triesLeft: 3 } });
  presses('19\b234');
  says({ type: 'continue' });
  await the.counter.sees('asking');
  says({ type: 'answer', answer: { to: 'consent', items: ['medicines'] } });
  await the.counter.sees('done');
  expect(the.counter.recorded()).toEqual([{ method: 'pin', outcome: 'accepted' }]);
  expect(lastResult(the.counter).flags).toEqual({ TKK: '0', YZK: '1', SRJ: '0', SHJ: '0' });
  expect(the.counter.pinVerifies()).toBe(1);
});

describe('somebody else', () => {
  test('20 a stranger with the card: no match three times, told in neutral words, and nothing is left', async () => {
    await the.counter.comesToChoose('adult', { camera: 'rare-name' });
    await triesTwice();
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    expect(await the.counter.seesFault('FACE-401')).toMatchObject({ offers: ['pin', 'visual', 'staff'] });
    expect(the.counter.bench.panel.light).toBe('help');
    the.counter.touch({ type: 'stop' });
    await the.counter.sees('take-card');
    await the.counter.leaves();
    expectNothingLeft(the.counter);
    expect(the.counter.audited().filter((name) => name === 'face.decided')).toHaveLength(3);
    expect(the.counter.audited()).not.toContain('identity.proved');
  });

  test(
    '21 a stranger who at last holds up a photograph of the holder: nobody lives in it, which is on record',
    REAL_WORK,
    async () => {
      await the.counter.comesToChoose('adult', { camera: 'rare-name' });
      await triesTwice();
      await the.counter.standsBefore('photograph');
      the.counter.choose('face');
      await the.counter.sees('matching-face');
      expect(await the.counter.seesFault('FACE-407')).toMatchObject({ offers: ['pin', 'visual', 'staff'] });
      await the.counter.leaves();
      expectNothingLeft(the.counter);
      const tried = ['face.decided', 'face.decided', 'face.undecided'];
      expect(the.counter.audited()).toEqual(['reception.started', ...tried, 'reception.stopped']);
    },
  );

  test('23 a twin brother passes: faces that no camera tells apart are not told apart, and nobody claims it', async () => {
    await the.counter.comesToChoose('under-forty', { camera: 'twin-brother' });
    the.counter.choose('face');
    await isReceivedByFace();
    expect(lastResult(the.counter).text('Name')).toBe('双葉　一樹');
  });
});
