import { describe, expect, test } from 'vitest';
import { adviceFor } from '../../../src/faults/advice.ts';
import { ja } from '../../../src/texts/ja.ts';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** One way does not lead there, and another does. */
const the = useCounter();

/** The face does not match, as often as that is tried: stands for make-up, glasses, or years that have gone by. */
async function faceFailsThreeTimes(): Promise<void> {
  for (const _attempt of [1, 2]) {
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    await the.counter.sees('face-retry');
  }
  the.counter.choose('face');
  await the.counter.sees('matching-face');
  expect(await the.counter.seesFault('FACE-401')).toMatchObject({ offers: ['pin', 'visual', 'staff'] });
}

async function finishes(method: string): Promise<void> {
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ method, validity: '1' });
  expect(the.counter.recorded()).toEqual([{ method, outcome: 'accepted' }]);
  expect(lastResult(the.counter).text('QualificationValidity')).toBe('1');
  expect(lastSidecar(the.counter)).toMatchObject({ method });
}

describe('the face', () => {
  test('9 fails twice, with a hint, then matches', async () => {
    await the.counter.comesToChoose('adult', { camera: 'nobody' });
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    expect(the.counter.screen()).toMatchObject({ hint: 'look-here' });
    await the.counter.sees('face-retry');
    expect(the.counter.screen()).toEqual({ at: 'face-retry', code: 'FACE-402', pin: 'open', visual: true });
    expect(the.counter.bench.panel.light).toBe('your-turn');
    await the.counter.standsBefore('rare-name');
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    expect(await the.counter.sees('face-retry')).toMatchObject({ code: 'FACE-401', reception: { faceAttempts: 2 } });
    await the.counter.standsBefore('adult');
    the.counter.choose('face');
    await finishes('face');
  });

  test('10 fails three times: told in the tone of any other way, and the PIN leads on', async () => {
    await the.counter.comesToChoose('adult', { camera: 'rare-name' });
    await faceFailsThreeTimes();
    expect(the.counter.bench.panel.light).toBe('help');
    expect(ja.faults['FACE-401'].advice).toBe('別の方法で続けられます。');
    the.counter.choose('face');
    expect(the.counter.reader.state.at).toBe('stopped');
    the.counter.choose('pin');
    the.counter.enterPin('1234');
    await finishes('pin');
  });

  test('11 fails three times, then a wrong PIN: two tries are left, and the right one leads on', async () => {
    await the.counter.comesToChoose('man-of-70', { camera: 'adult' });
    await faceFailsThreeTimes();
    the.counter.choose('pin');
    await the.counter.entersWrongPin('0000');
    expect(the.counter.screen()).toMatchObject({ at: 'entering-pin', triesLeft: 2, rejected: true, face: 'face-tried' });
    the.counter.enterPin('1234');
    await finishes('pin');
    expect(the.counter.pinVerifies()).toBe(2);
    expect(lastResult(the.counter).text('ElderlyRecipientContributionRatio')).toBe('020');
  });
});

describe('the PIN', () => {
  test('12 wrong twice: a strong warning before the last try, and whoever stops there has lost nothing', async () => {
    await the.counter.comesToChoose('man-of-70');
    the.counter.choose('pin');
    await the.counter.entersWrongPin('0000');
    the.counter.enterPin('0001');
    await the.counter.sees('warning-last-try');
    expect(the.counter.screen()).toEqual({ at: 'warning-last-try', face: 'open', visual: true });
    the.counter.touch({ type: 'stop' });
    await the.counter.sees('take-card');
    expect(the.counter.screen()).toMatchObject({ accepted: false });
    expect(the.counter.pinVerifies()).toBe(2);
    await the.counter.leaves();
    expectNothingLeft(the.counter);
    expect((await the.counter.comesToChoose('man-of-70')).reception.pin).toEqual({ at: 'ready', triesLeft: 1 });
  });

  test('13 wrong three times: locked, where that is mended is told, and the face leads on', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('pin');
    await the.counter.entersWrongPin('0000');
    the.counter.enterPin('0001');
    await the.counter.sees('warning-last-try');
    the.counter.touch({ type: 'continue' });
    the.counter.enterPin('0002');
    expect(await the.counter.seesFault('PIN-302')).toMatchObject({ offers: ['face', 'visual', 'staff'] });
    expect(adviceFor('PIN-302').mend).toBe('pin');
    expect(ja.mend.pin).toContain('市区町村');
    expect(the.counter.bench.panel.light).toBe('help');
    the.counter.choose('face');
    await finishes('face');
    expect(the.counter.pinVerifies()).toBe(3);
    expect(the.counter.audited()).toContain('pin.locked');
  });

  test('14 locked already: the way says why it is closed, and staff confirm by eye', async () => {
    await the.counter.comesToChoose('pin-locked');
    expect(the.counter.screen()).toEqual({ at: 'choosing', face: 'open', pin: 'pin-locked', visual: true });
    expect(ja.openness['pin-locked']).toBe('暗証番号はロックされているため、使えません。');
    the.counter.choose('pin');
    expect(the.counter.reader.state.at).toBe('choosing');
    the.counter.touch({ type: 'ask-staff' });
    await the.counter.sees('asking-staff');
    the.counter.enterPassword();
    await finishes('visual');
    expect(the.counter.lastRow().approver).toBe('counter');
    expect(the.counter.pinVerifies()).toBe(0);
  });
});
