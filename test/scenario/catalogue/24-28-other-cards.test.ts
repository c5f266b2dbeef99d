import { expect, test } from 'vitest';
import { adviceFor } from '../../../src/faults/advice.ts';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult } from './result-file.ts';

/** Cards that lack something: a PIN, a portrait, a portrait of today. */
const the = useCounter();

async function finishes(method: string): Promise<void> {
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ method, validity: '1' });
  expect(the.counter.recorded()).toEqual([{ method, outcome: 'accepted' }]);
  expect(lastResult(the.counter).text('QualificationValidity')).toBe('1');
}

test('24 a card without a PIN: that way is closed, and the face leads on', async () => {
  await the.counter.comesToChoose('no-pin-card');
  expect(the.counter.screen()).toEqual({ at: 'choosing', face: 'open', pin: 'pin-absent', visual: true });
  the.counter.choose('pin');
  expect(the.counter.reader.state.at).toBe('choosing');
  the.counter.choose('face');
  await finishes('face');
  expect(the.counter.pinVerifies()).toBe(0);
});

test('25 a card without a PIN, not registered: registered here by face, which is the only place', async () => {
  await the.counter.comesToChoose('no-pin-unregistered');
  the.counter.choose('face');
  await the.counter.sees('offering-registration');
  the.counter.touch({ type: 'register' });
  await finishes('face');
  expect(the.counter.audited()).toContain('registration.done');
  expect(the.counter.bench.gateway.people()).toContainEqual(
    expect.objectContaining({ personaId: 'no-pin-unregistered', channel: 'reader' }),
  );
});

/** Known at the choice: neither way can be taken, at the reader or at the desk. */
function hasNeitherFaceNorVisual(): void {
  expect(the.counter.screen()).toEqual({ at: 'choosing', face: 'no-portrait', pin: 'open', visual: false });
  the.counter.choose('face');
  the.counter.touch({ type: 'ask-staff' });
  expect(() => the.counter.approveAtDesk('k-sato')).toThrow('STAFF-854');
  expect(the.counter.reader.state.at).toBe('choosing');
}

test('26 a baby of six months, no portrait: neither face nor 目視確認, the family’s PIN leads on', async () => {
  await the.counter.comesToChoose('small-child');
  hasNeitherFaceNorVisual();
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await finishes('pin');
  expect(lastResult(the.counter).text('PreschoolClassification')).toBe('1');
  expect(lastResult(the.counter).flags.TKK).toBeUndefined();
});

test('26 the baby’s front cannot be read: what is known only once the card face is open is told then', async () => {
  the.counter.bench.frontCondition = 'unreadable';
  await the.counter.comesToChoose('small-child');
  expect(the.counter.screen()).toEqual({ at: 'choosing', face: 'open', pin: 'open', visual: true });
  the.counter.approveAtDesk('k-sato');
  // Staff who approve by eye all the same: the gateway knows better, and nothing is left.
  await the.counter.seesFault('GATE-507');
  await the.counter.leaves();
  expectNothingLeft(the.counter);
});

test('26 the front is dirty at first and clean at the second look: the face way finds no portrait, and closes both', async () => {
  the.counter.bench.frontCondition = 'unreadable';
  await the.counter.comesToChoose('small-child');
  await the.counter.bench.turnFront('usual');
  the.counter.choose('face');
  await the.counter.seesFault('FACE-404');
  expect(the.counter.screen()).toMatchObject({ offers: ['pin', 'staff'] });
  expect(() => the.counter.approveAtDesk('k-sato')).toThrow('STAFF-854');
});

test('27 a baby’s card whose PIN is locked: no way is open, and what to show at the desk is told', async () => {
  await the.counter.placeCard('baby-pin-locked');
  await the.counter.seesFault('PIN-302');
  expect(the.counter.screen()).toEqual({ at: 'stopped', code: 'PIN-302', offers: ['staff'] });
  expect(adviceFor('PIN-302')).toMatchObject({ show: expect.arrayContaining(['qualification-certificate']), mend: 'pin' });
  expect(() => the.counter.approveAtDesk('k-sato')).toThrow('STAFF-854');
  await the.counter.leaves();
  expectNothingLeft(the.counter);
});

test('28 a child of eight, portrait taken at three: the face has changed, the family’s PIN leads on', async () => {
  await the.counter.comesToChoose('grown-child', { camera: 'adult' });
  the.counter.choose('face');
  await the.counter.sees('matching-face');
  await the.counter.sees('face-retry');
  expect(the.counter.screen()).toMatchObject({ code: 'FACE-401', pin: 'open' });
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await finishes('pin');
  expect(lastResult(the.counter).text('PersonalFamilyClassification')).toBe('2');
});
