import { expect, test } from 'vitest';
import { adviceFor } from '../../../src/faults/advice.ts';
import type { Counter } from '../counter.ts';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult } from './result-file.ts';

/** Cards that are taken too early or too late, are none, or cannot be read as they lie. */
const the = useCounter();

test('53 the card is pulled before the consent: the eligibility is finished, nothing is agreed to, and it is told', async () => {
  await the.counter.provesByFace('adult');
  the.counter.takeCard();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ at: 'done', validity: '1', cutShort: true, cardGone: true });
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', outcome: 'accepted', given: { consents: [] } });
  const { text, flags } = lastResult(the.counter);
  expect(text('QualificationValidity')).toBe('1');
  expect(flags).toEqual({ YZK: '0', TKK: '0', SRJ: '0', SHJ: '0' });
  await the.counter.sees('idle', 13_000);
  await the.counter.servesTheNext();
});

test('53 pulled between two questions: neither the answered nor the open one stands as agreed to', async () => {
  await the.counter.provesByPin('dialysis');
  the.counter.agree();
  expect(the.counter.screen()).toMatchObject({ question: { ask: 'specific-diseases' } });
  the.counter.takeCard();
  await the.counter.sees('done');
  const { text, flags } = lastResult(the.counter);
  expect(flags).toEqual({ TSR: '0', YZK: '0', TKK: '0', SRJ: '0', SHJ: '0' });
  expect(text('SpecificDiseasesCertificateList')).toBeUndefined();
});

test('54 the card is left behind: it reminds every 5 s and louder, the desk is told, and the counter waits for its removal', async () => {
  const { bench, clock, desk } = the.counter;
  await the.counter.provesByPin('adult');
  await the.counter.agrees();
  await the.counter.sees('take-card', 5_000);
  expect(desk.now().cardLeft).toBe(false);
  const urgencies = [bench.panel.urgency];
  for (let reminder = 1; reminder <= 6; reminder++) {
    await clock.advance(5_000);
    urgencies.push(bench.panel.urgency);
    expect([bench.panel.lastSound, the.counter.screen()]).toEqual(['take-card', takeCard(reminder)]);
  }
  expect(urgencies).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([desk.now().cardLeft, the.counter.audited().at(-1)]).toEqual([true, 'card.left']);
  // Whoever comes next and touches the screen begins nothing.
  the.counter.choose('pin');
  the.counter.touch({ type: 'continue' });
  the.counter.touch({ type: 'ask-staff' });
  expect(the.counter.reader.state.at).toBe('take-card');
  expect(the.counter.recorded()).toHaveLength(1);
  await the.counter.leaves();
  await the.counter.servesTheNext();
});

const takeCard = (reminders: number) => ({ at: 'take-card', accepted: true, reminders });

test.each([
  ['transit-card', 'CARD-103'],
  ['driving-licence', 'CARD-103'],
  ['payment-card', 'CARD-103'],
  // No chip answers: a card in its case, dust, or the wrong end first.
  ['mute-card', 'CARD-102'],
] as const)('55 %s: %s, nothing is spent, and the right card is then received', async (persona, code) => {
  await the.counter.placeCard(persona);
  await the.counter.seesFault(code);
  expect(the.counter.screen()).toEqual({ at: 'stopped', code, offers: ['place-again', 'staff'] });
  expect(the.counter.bench.panel.light).toBe('help');
  expectNothingLeft(the.counter);
  await the.counter.servesTheNext();
});

/** Placed, not read, and taken again. */
async function isNotRead(persona: string, code: 'CARD-102' | 'CARD-103' | 'CARD-112'): Promise<void> {
  await the.counter.placeCard(persona);
  await the.counter.seesFault(code);
  await the.counter.leaves();
}

test('55 not read for the third time in a row: staff are called, papers named, and the same is not asked for again', async () => {
  await isNotRead('mute-card', 'CARD-102');
  await isNotRead('transit-card', 'CARD-103');
  await the.counter.placeCard('mute-card');
  await the.counter.seesFault('CARD-112');
  expect(the.counter.screen()).toEqual({ at: 'stopped', code: 'CARD-112', offers: ['staff', 'take-card'] });
  expect(adviceFor('CARD-112').show).toContain('qualification-certificate');
  expect([the.counter.desk.now().asksStaff, the.counter.bench.panel.lastSound]).toEqual([true, 'help']);
  await the.counter.leaves();
  await isNotRead('mute-card', 'CARD-112');
  await the.counter.servesTheNext();
  await the.counter.leaves();
  await isNotRead('mute-card', 'CARD-102');
});

test('55 not read twice, and nobody there for a minute: the next one begins anew', async () => {
  await isNotRead('mute-card', 'CARD-102');
  await isNotRead('mute-card', 'CARD-102');
  await the.counter.clock.advance(60_000);
  await isNotRead('mute-card', 'CARD-102');
});

test('55 a card turned end for end: the front is read all the same', async () => {
  the.counter.bench.frontCondition = 'upside-down';
  await the.counter.provesByFace('adult');
  await the.counter.agrees();
  expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
});

test('55 a card face down: no print is seen, nothing is presented to the chip, and the PIN goes on', async () => {
  await the.counter.comesToChoose('adult');
  // Its back has nothing that the camera could read: as if the tray were empty.
  the.counter.bench.front.clear();
  the.counter.choose('face');
  await the.counter.seesFault('CARD-108');
  await goesOnByPin(the.counter);
});

test('56 a front too dirty to be read: 照合番号B is not sent, and the PIN goes on', async () => {
  the.counter.bench.frontCondition = 'unreadable';
  await the.counter.comesToChoose('adult');
  the.counter.choose('face');
  await the.counter.seesFault('CARD-108');
  expect(the.counter.screen()).toMatchObject({ offers: ['pin', 'type-code', 'visual', 'staff'] });
  await goesOnByPin(the.counter);
});

test('56 a front too dirty to be read: staff confirm by eye, from their desk', async () => {
  the.counter.bench.frontCondition = 'unreadable';
  await the.counter.comesToChoose('adult');
  the.counter.choose('face');
  await the.counter.seesFault('CARD-108');
  the.counter.approveAtDesk('somebody');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(verifies(the.counter)).toBe(0);
  expect(the.counter.lastRow()).toMatchObject({ method: 'visual', approver: 'somebody', outcome: 'accepted' });
});

/** The PIN is the first and only secret that the card is asked to verify. */
async function goesOnByPin(counter: Counter): Promise<void> {
  expect(verifies(counter)).toBe(0);
  counter.choose('pin');
  counter.enterPin('1234');
  await counter.sees('asking');
  await counter.agrees();
  expect(verifies(counter)).toBe(1);
  expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
}

/** VERIFY commands with an entry, of any secret. */
const verifies = (counter: Counter) => counter.bench.cards().reduce((sum, card) => sum + card.statistics.verifies, 0);
