import { expect, test } from 'vitest';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** Electronic prescriptions, where a facility deals in them, and phones in place of cards. */
const the = useCounter();

/** What the facility has registered at the gateway: codes 038 and 039. */
function facilityIs(kind: 'clinic' | 'pharmacy'): void {
  const { controls } = the.counter.bench.gateway;
  controls.facility = { ...controls.facility, kind, electronicPrescription: '1', prescriptionAsked: '2' };
}

test.each(['1', '2'] as const)(
  '45 clinic with electronic prescriptions: the patient’s choice (%s) is in the file',
  async (form) => {
    facilityIs('clinic');
    await the.counter.provesByPin('adult');
    the.counter.agree();
    expect(the.counter.screen()).toEqual({ at: 'asking', question: { ask: 'prescription' } });
    the.counter.answer({ to: 'prescription', form });
    await the.counter.sees('done');
    expect(the.counter.lastRow().given).toMatchObject({ prescription: form });
    expect(lastResult(the.counter).text('PrescriptionIssueSelect')).toBe(form);
  },
);

test('45 clinic without them: nobody is asked, and the file has no choice', async () => {
  await the.counter.provesByPin('adult');
  await the.counter.agrees();
  expect(lastResult(the.counter).text('PrescriptionIssueSelect')).toBeUndefined();
});

test('45 pharmacy: the patient sees what is still good, and only what was chosen is dispensed', async () => {
  facilityIs('pharmacy');
  await the.counter.provesByPin('pharmacy-visitor');
  the.counter.agree();
  // A fourth one was issued four days ago, and is good no more.
  expect(offered()).toEqual(['2026-03-29', '2026-03-31', '2026-04-01']);
  the.counter.answer({ to: 'dispensing', chosen: [0, 2] });
  await the.counter.sees('done');
  expect(the.counter.lastRow().given).toMatchObject({ dispense: [0, 2] });
  expect(the.counter.bench.gateway.receptions().at(-1)).toMatchObject({ dispense: '[0,2]' });
  await the.counter.leaves();
  await the.counter.provesByPin('pharmacy-visitor');
  the.counter.agree();
  expect(offered()).toEqual(['2026-03-31']);
});

function offered(): string[] {
  const screen = the.counter.screen();
  if (screen.at !== 'asking') throw new Error(`nothing is asked while "${screen.at}"`);
  return (screen.prescriptions ?? []).map(({ issuedOn }) => issuedOn);
}

test('46 iPhone: it has asked its owner itself, so nothing is chosen or typed here', async () => {
  await the.counter.placeCard('phone-iphone');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.shown.slice(0, 3)).toEqual(['reading', 'proving', 'asking']);
  expect(the.counter.pinVerifies()).toBe(0);
  expect(the.counter.lastRow()).toMatchObject({ method: 'phone-bio', outcome: 'accepted', validity: '1' });
  expect(lastSidecar(the.counter)).toMatchObject({ method: 'phone-bio' });
  expect(lastResult(the.counter).flags).toMatchObject({ YZK: '1' });
});

test('46 Android phone: its PIN is typed at the reader, and the consent is given there', async () => {
  await the.counter.placeCard('phone-android');
  await the.counter.sees('entering-pin');
  expect(the.counter.screen()).toMatchObject({ face: 'no-portrait', visual: false });
  expect(await the.counter.entersWrongPin('9999')).toMatchObject({ triesLeft: 2 });
  the.counter.enterPin('1234');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.lastRow()).toMatchObject({ method: 'phone-pin', outcome: 'accepted', validity: '1' });
  expect(lastSidecar(the.counter)).toMatchObject({ method: 'phone-pin' });
});

test.each([
  ['phone-card-expired', 'whose card has expired'],
  ['phone-grace', 'in the months of grace'],
  ['phone-unregistered', 'of somebody not registered'],
])('47 %s: a phone %s is refused, and the card itself is asked for', async (persona) => {
  await the.counter.placeCard(persona);
  if (persona === 'phone-grace') {
    await the.counter.sees('entering-pin');
    the.counter.enterPin('1234');
  }
  await the.counter.seesFault('GATE-510');
  expect(the.counter.screen()).toMatchObject({ offers: ['staff', 'take-card'] });
  expectNothingLeft(the.counter);
  await the.counter.servesTheNext();
});
