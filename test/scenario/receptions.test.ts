import { describe, expect, test } from 'vitest';
import { useCounter } from './use-counter.ts';

/** Receptions that come to their end, by face and by PIN, also with a wrong one. */
const the = useCounter();

describe('receptions that succeed', () => {
  test('by face: recorded once, handed over once, and the card is taken', async () => {
    await the.counter.provesByFace('adult');
    await the.counter.agrees();
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
    expect(the.counter.resultFiles()).toHaveLength(1);
    const xml = the.counter.clinicFile(the.counter.resultFiles()[0] ?? '');
    expect(xml).toContain('<Name>見本　花子</Name>');
    expect(xml).toContain('<QualificationValidity>1</QualificationValidity>');
    expect(the.counter.audited()).toEqual([
      'reception.started',
      'face.decided',
      'identity.proved',
      'consent.given',
      'reception.accepted',
    ]);
    await the.counter.sees('take-card');
    await the.counter.leaves();
    expect(the.counter.pinVerifies()).toBe(0);
  });

  test('by PIN: one entry is one VERIFY', async () => {
    await the.counter.provesByPin('adult');
    await the.counter.agrees();
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(the.counter.pinVerifies()).toBe(1);
  });

  test('a wrong PIN says how many tries are left, and the right one then succeeds', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('pin');
    expect(await the.counter.entersWrongPin('9999')).toMatchObject({ triesLeft: 2, rejected: true, digits: 0 });
    the.counter.enterPin('1234');
    await the.counter.sees('asking');
    await the.counter.agrees();
    expect(the.counter.pinVerifies()).toBe(2);
    expect(the.counter.audited()).toEqual([
      'reception.started',
      'pin.wrong',
      'pin.right',
      'identity.proved',
      'consent.given',
      'reception.accepted',
    ]);
  });

  test('a name with rare kanji reaches the clinic as it is', async () => {
    await the.counter.servesTheNext();
    expect(the.counter.clinicFile(the.counter.resultFiles()[0] ?? '')).toContain('<Name>髙﨑　澪</Name>');
  });
});

describe('the last PIN try', () => {
  test('is entered only after a plain warning, and locks nothing when the patient turns to the face', async () => {
    await the.counter.comesToChoose('one-try-left');
    the.counter.choose('pin');
    await the.counter.sees('warning-last-try');
    the.counter.choose('face');
    await the.counter.sees('asking');
    expect(the.counter.pinVerifies()).toBe(0);
  });

  test('after two wrong entries comes the warning; a third wrong one locks, and the face is offered', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('pin');
    await the.counter.entersWrongPin('0000');
    the.counter.enterPin('0001');
    await the.counter.sees('warning-last-try');
    the.counter.touch({ type: 'continue' });
    expect(await the.counter.sees('entering-pin')).toMatchObject({ triesLeft: 1 });
    the.counter.enterPin('0002');
    expect((await the.counter.seesFault('PIN-302')).offers).toEqual(['face', 'visual', 'staff']);
    the.counter.choose('face');
    await the.counter.sees('asking');
    await the.counter.agrees();
    expect(the.counter.pinVerifies()).toBe(3);
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
  });
});

test('a card whose PIN is locked finishes by face', async () => {
  expect((await the.counter.comesToChoose('pin-locked')).reception.pin).toEqual({ at: 'locked' });
  the.counter.choose('pin');
  expect(the.counter.reader.state.at).toBe('choosing');
  the.counter.choose('face');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.pinVerifies()).toBe(0);
});

test('another person’s face is not accepted three times, and the PIN is then offered', async () => {
  await the.counter.comesToChoose('adult', { camera: 'rare-name' });
  for (const attempt of [1, 2]) {
    the.counter.choose('face');
    await the.counter.sees('matching-face');
    expect(await the.counter.sees('face-retry'), `attempt ${attempt}`).toMatchObject({ code: 'FACE-401' });
  }
  the.counter.choose('face');
  await the.counter.sees('matching-face');
  expect((await the.counter.seesFault('FACE-401')).offers).toEqual(['pin', 'visual', 'staff']);
  expect(the.counter.recorded()).toEqual([]);
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
});

test('a photograph held up does not pass, and whoever it shows then does', async () => {
  await the.counter.comesToChoose('adult', { camera: 'photograph' });
  the.counter.choose('face');
  expect(await the.counter.sees('face-retry')).toMatchObject({ code: 'FACE-407' });
  expect(the.counter.audited()).not.toContain('face.decided');
  expect(the.counter.recorded()).toEqual([]);
  await the.counter.standsBefore('adult');
  the.counter.choose('face');
  await the.counter.sees('asking');
});

test('nobody before the camera: no decision is made, and it says so', async () => {
  await the.counter.comesToChoose('adult', { camera: 'nobody' });
  the.counter.choose('face');
  await the.counter.sees('matching-face');
  expect(await the.counter.sees('face-retry')).toMatchObject({ code: 'FACE-402' });
});

test.each([
  ['transit-card', 'CARD-103'],
  ['mute-card', 'CARD-102'],
] as const)('%s: not a My Number card', async (persona, code) => {
  await the.counter.placeCard(persona);
  expect((await the.counter.seesFault(code)).offers).toEqual(['place-again', 'staff']);
  expect(the.counter.recorded()).toEqual([]);
  await the.counter.servesTheNext();
});
