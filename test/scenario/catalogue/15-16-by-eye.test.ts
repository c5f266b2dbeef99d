import { expect, test } from 'vitest';
import { FACILITY_PASSWORD } from '../counter-parts.ts';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** 目視確認: staff compare the person with the portrait on the card. */
const the = useCounter();

test('15 at the reader: two touches and the password, recorded as such, and the next patient begins like anybody', async () => {
  await the.counter.comesToChoose('woman-of-84');
  the.counter.touch({ type: 'ask-staff' });
  expect(the.counter.screen()).toEqual({ at: 'asking-staff', digits: 0, least: 6, most: 12 });
  the.counter.enterPassword();
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ method: 'visual', validity: '1' });
  expect(the.counter.lastRow()).toMatchObject({ method: 'visual', approver: 'counter', outcome: 'accepted', validity: '1' });
  expect(lastResult(the.counter).text('InsuredPartialContributionRatio')).toBe('010');
  expect(lastSidecar(the.counter)).toMatchObject({ method: 'visual', approver: 'counter' });
  expect(the.counter.audited()).toContain('visual.approved');
  await the.counter.leaves();
  await the.counter.comesToChoose('adult');
  expect(the.counter.screen()).toEqual({ at: 'choosing', face: 'open', pin: 'open', visual: true });
});

test('15 from the desk: the record names who has approved', async () => {
  await the.counter.comesToChoose('woman-of-84');
  the.counter.touch({ type: 'ask-staff' });
  the.counter.approveAtDesk('k-sato');
  await the.counter.sees('asking');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow()).toMatchObject({ method: 'visual', approver: 'k-sato', outcome: 'accepted' });
  expect(lastSidecar(the.counter)).toMatchObject({ method: 'visual', approver: 'k-sato' });
  const { id } = (the.counter.reader.state as Extract<typeof the.counter.reader.state, { at: 'done' }>).reception;
  expect(the.counter.reader.approve(id, 'k-sato')).toMatchObject({ fault: { code: 'STAFF-854' } });
});

test('16 a wrong password three times: locked at the reader, for the next patient too, and nothing is left', async () => {
  await the.counter.comesToChoose('woman-of-84');
  the.counter.touch({ type: 'ask-staff' });
  for (const triesLeft of [2, 1]) {
    the.counter.enterPassword('000000');
    await the.counter.sees('asking-staff');
    expect(the.counter.screen()).toMatchObject({ digits: 0, triesLeft });
  }
  the.counter.enterPassword('000000');
  expect(await the.counter.seesFault('STAFF-851')).toMatchObject({
    offers: ['face', 'pin', 'visual', 'staff', 'take-card'],
  });
  the.counter.touch({ type: 'stop' });
  await the.counter.leaves();
  expectNothingLeft(the.counter);
  expect(the.counter.audited().filter((name) => name.startsWith('staff.'))).toEqual([
    'staff.wrong',
    'staff.wrong',
    'staff.locked',
  ]);

  await the.counter.comesToChoose('adult');
  the.counter.touch({ type: 'ask-staff' });
  the.counter.enterPassword(FACILITY_PASSWORD);
  await the.counter.seesFault('STAFF-851');
  // Somebody who is signed in at the desk needs no password at the reader.
  the.counter.approveAtDesk('k-sato');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.lastRow()).toMatchObject({ method: 'visual', approver: 'k-sato', outcome: 'accepted' });
});
