/** What the dock plays outside of the reader, by its own actions, on the real bench: the reader meets it at the next card. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BenchDock } from '../../../src/bench/bench-dock.ts';
import { carryOut, parseDockAction } from '../../../src/bench/dock/dock-action.ts';
import { OWN_PERSONA } from '../../../src/bench/dock/dock-bench.ts';
import { Counter } from '../../scenario/counter.ts';
import { type FaceWorker, startFaceWorker } from '../../scenario/counter-parts.ts';

const HOUR_MS = 3_600_000;
let face: FaceWorker;
let counter: Counter;
let dock: BenchDock;

beforeAll(() => {
  face = startFaceWorker();
});
afterAll(() => face.close());
beforeEach(async () => {
  counter = await Counter.open(face, 'gem');
  const { bench, reader, clock, clinicFolder } = counter;
  dock = new BenchDock({ bench, reader, face, clinicFolder, clock });
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  await counter.close();
});

async function act(action: object): Promise<void> {
  const parsed = parseDockAction(action, dock);
  if (!parsed) throw new Error('the dock knows no such action');
  await carryOut(parsed, dock);
}

const person = (id: string) => dock.view().outside.people.find(({ personaId }) => personaId === id);
const lastFile = () => counter.clinicFile(counter.handedOver.at(-1) ?? '');

async function provesByPinUntil(personaId: string): Promise<void> {
  await counter.comesToChoose(personaId);
  counter.choose('pin');
  counter.enterPin('1234');
}

async function isReceived(personaId: string): Promise<void> {
  await counter.provesByPin(personaId);
  await counter.agrees();
  await counter.leaves();
}

describe('利用登録', () => {
  test('taken back before the first card, it is offered at the reader; made at a portal, the next card is received', async () => {
    await act({ type: 'register', person: 'adult', channel: 'none' });
    expect(person('adult')).toMatchObject({ channel: null });
    await provesByPinUntil('adult');
    await counter.sees('offering-registration');
    counter.touch({ type: 'stop' });
    await counter.leaves();
    await act({ type: 'register', person: 'adult', channel: 'portal' });
    expect(person('adult')).toMatchObject({ channel: 'portal' });
    await isReceived('adult');
    expect(counter.recorded().at(-1)).toMatchObject({ outcome: 'accepted' });
  });

  test('outlives a change of insurer and a new card', async () => {
    await act({ type: 'register', person: 'adult', channel: 'atm' });
    await act({ type: 'insure', person: 'adult', insuranceCase: 'family' });
    await act({ type: 'reissue', person: 'adult', as: 'renewed' });
    expect(person('adult')).toEqual({ personaId: 'adult', channel: 'atm', insuranceCase: 'family', card: 'renewed' });
    await isReceived('adult');
  });
});

test('another insurance is what the clinic’s next file says', async () => {
  await isReceived('adult');
  expect(lastFile()).toContain('<PersonalFamilyClassification>1<');
  await act({ type: 'insure', person: 'adult', insuranceCase: 'family' });
  await isReceived('adult');
  expect(lastFile()).toContain('<PersonalFamilyClassification>2<');
});

describe('a card issued anew', () => {
  test('takes the place of the one that lies on the reader', async () => {
    await counter.comesToChoose('adult');
    const before = counter.bench.placed?.card.holder?.serialNumber;
    await act({ type: 'reissue', person: 'adult', as: 'as-told' });
    await counter.sees('idle');
    await counter.comesToChoose('adult');
    expect(counter.bench.placed?.card.holder?.serialNumber).not.toBe(before);
  });

  test('with a locked PIN says so, and after a reset it is received by PIN', async () => {
    await act({ type: 'reissue', person: 'adult', as: 'pin-locked' });
    await counter.comesToChoose('adult');
    expect(dock.view().cardTriesLeft).toBe(0);
    await counter.leaves();
    await act({ type: 'reissue', person: 'adult', as: 'pin-reset' });
    await counter.provesByPin('adult');
    expect(dock.view().cardTriesLeft).toBe(3);
  });

  test('a card without a PIN has none after a reset either', async () => {
    await act({ type: 'reissue', person: 'no-pin-card', as: 'pin-reset' });
    await counter.comesToChoose('no-pin-card');
    expect(dock.view().cardTriesLeft).toBe(0);
  });

  test.each([
    ['past-grace', 'GATE-505'],
    ['revoked', 'GATE-506'],
  ] as const)('as %s stops at %s', async (as, code) => {
    await act({ type: 'reissue', person: 'adult', as });
    await provesByPinUntil('adult');
    await counter.seesFault(code);
  });

  test('as ending, the certificate ends in 60 days, and its holder is received and told so', async () => {
    await act({ type: 'reissue', person: 'adult', as: 'ending' });
    await counter.provesByPin('adult');
    expect(await counter.agrees()).toMatchObject({ reception: { certificateDays: 60 } });
    expect(certificateEndsInDays('adult')).toBe(60);
  });

  test('as grace, it ended 45 days ago, and its holder is received with the eligibility alone', async () => {
    await act({ type: 'reissue', person: 'adult', as: 'grace' });
    await provesByPinUntil('adult');
    await counter.sees('qualification-only');
    counter.touch({ type: 'continue' });
    await counter.sees('done');
    expect(certificateEndsInDays('adult')).toBe(-45);
  });

  test('with an expired card, renewal ends both troubles', async () => {
    await act({ type: 'reissue', person: 'card-expired', as: 'renewed' });
    await isReceived('card-expired');
  });
});

describe('the gateway', () => {
  test('renewed and not used since, a card must wait while the certificates’ service is under maintenance', async () => {
    await act({ type: 'maintenance', part: 'jpki', on: true });
    expect(dock.view().outside.maintenance).toEqual([{ part: 'jpki', until: minuteInHours(4) }]);
    await isReceived('adult');
    await act({ type: 'reissue', person: 'adult', as: 'renewed' });
    await provesByPinUntil('adult');
    await counter.seesFault('GATE-509');
    await counter.leaves();
    await act({ type: 'maintenance', part: 'jpki', on: false });
    expect(dock.view().outside.maintenance).toEqual([]);
    await isReceived('adult');
  });

  test('parts are maintained each for itself', async () => {
    await act({ type: 'maintenance', part: 'gateway', on: true });
    await act({ type: 'maintenance', part: 'jpki', on: true });
    await act({ type: 'maintenance', part: 'gateway', on: false });
    expect(dock.view().outside.maintenance.map(({ part }) => part)).toEqual(['jpki']);
  });

  test('is at it a few times, and the dock counts them down', async () => {
    await act({ type: 'trouble', change: { inProgress: 2 } });
    await isReceived('adult');
    expect(dock.view().outside.trouble.inProgress).toBe(0);
  });

  test('loses an answer, and the reception is still recorded once', async () => {
    await counter.provesByPin('adult');
    await act({ type: 'trouble', change: { loseAnswers: 1 } });
    await counter.agrees();
    expect(dock.view().outside.trouble.loseAnswers).toBe(0);
    expect(counter.recorded()).toHaveLength(1);
  });

  test('ends abnormally, and the next reception does not', async () => {
    await act({ type: 'trouble', change: { abnormal: true } });
    await counter.provesByPin('adult');
    counter.agree();
    await counter.seesFault('ELIG-604');
    await counter.leaves();
    await act({ type: 'trouble', change: { abnormal: false } });
    await isReceived('adult');
  });

  test('tells each reception what the facility has set', async () => {
    for (const item of ['treatment', 'surgery', 'checkups']) await act({ type: 'consent-item', item, asked: false });
    await act({ type: 'consent-item', item: 'surgery', asked: true });
    await act({ type: 'prescription', change: { electronicPrescription: '3' } });
    await act({ type: 'prescription', change: { prescriptionAsked: '2' } });
    const facility = { consentItems: ['medicines', 'surgery'], electronicPrescription: '3', prescriptionAsked: '2' };
    expect(dock.view().outside.facility).toEqual(facility);
    const { gateway, readerId } = counter.bench;
    const answer = await gateway.requestAs(readerId)(opening('reception-of-the-test'));
    // 特定疾病 is asked whatever the dock has set.
    const told = { ...facility, consentItems: ['medicines', 'specific-diseases', 'surgery'] };
    expect(JSON.parse(Buffer.from(answer.body).toString()).facility).toMatchObject(told);
  });
});

describe('the clinic’s queries', () => {
  const clinic = () => dock.view().outside.clinic;
  const query = (item: string) => act({ type: 'query', item });

  test('ask of nobody before somebody was proved', async () => {
    await query('medicines');
    expect(clinic()).toEqual({ log: [] });
  });

  test('are answered for what the last patient agreed to, and are all logged', async () => {
    await isReceived('adult');
    expect(clinic()).toEqual({ patient: 'adult', log: [] });
    await query('medicines');
    expect(clinic().answer).toMatchObject({ item: 'medicines', outcome: 'answered', availableUntil: expect.any(String) });
    expect(clinic().answer).toHaveProperty('entries.0.MedicineName');
    await query('surgery');
    expect(clinic().answer).toEqual({ item: 'surgery', outcome: 'no-consent' });
    expect(clinic().log.map(({ personaId, item, outcome }) => [personaId, item, outcome])).toEqual([
      ['adult', 'surgery', 'no-consent'],
      ['adult', 'medicines', 'answered'],
    ]);
  });

  test('follow to the next patient, whose card has been issued anew since', async () => {
    await isReceived('adult');
    await query('medicines');
    await isReceived('rare-name');
    await act({ type: 'reissue', person: 'rare-name', as: 'renewed' });
    expect(clinic()).toMatchObject({ patient: 'rare-name' });
    expect(clinic()).not.toHaveProperty('answer');
    await query('medicines');
    expect(clinic().answer).toMatchObject({ outcome: 'answered' });
  });

  test.each(['down', 'garbled'] as const)('get no answer from a gateway that is %s', async (mode) => {
    await isReceived('adult');
    dock.setGateway(mode);
    await query('medicines');
    expect(clinic().answer).toEqual({ item: 'medicines', outcome: 'no-answer' });
  });
});

describe('what the dock does not do', () => {
  test.each([
    { type: 'register', person: 'transit-card', channel: 'portal' },
    { type: 'register', person: 'adult', channel: 'reader' },
    { type: 'insure', person: 'adult', insuranceCase: 'toString' },
    { type: 'reissue', person: 'adult', as: 'golden' },
    { type: 'trouble', change: { inProgress: -1 } },
    { type: 'prescription', change: { electronicPrescription: '4' } },
    { type: 'query', item: 'specific-diseases' },
  ])('%o', (action) => {
    expect(parseDockAction(action, dock)).toBeUndefined();
  });

  test('a card with one’s own face is not issued again, but its holder can be insured otherwise', async () => {
    expect(await dock.issueOwn([readFileSync('build/personas/a/frame-0.jpg')])).toMatchObject({ ok: true });
    expect(person(OWN_PERSONA)).toEqual({ personaId: OWN_PERSONA, channel: 'window', insuranceCase: 'ordinary' });
    expect(parseDockAction({ type: 'reissue', person: OWN_PERSONA, as: 'renewed' }, dock)).toBeUndefined();
    expect(await dock.outside.reissue(OWN_PERSONA, 'renewed')).toMatchObject({ fault: { code: 'SYS-902' } });
    await act({ type: 'insure', person: OWN_PERSONA, insuranceCase: 'high-cost-limit' });
    await isReceived(OWN_PERSONA);
    expect(lastFile()).toContain('<LimitApplicationCertificateClassificationFlag>A03<');
    await act({ type: 'query', item: 'medicines' });
    expect(dock.view().outside.clinic.log).toMatchObject([{ personaId: OWN_PERSONA, outcome: 'answered' }]);
  });
});

function certificateEndsInDays(personaId: string): number {
  const holder = counter.bench.cards().findLast((card) => card.holder?.personaId === personaId)?.holder;
  const { validToDate } = new X509Certificate(holder?.certificateDer ?? '');
  return Math.round((validToDate.getTime() - counter.clock.wall().getTime()) / (24 * HOUR_MS));
}

/** Maintenance is announced by the minute. */
function minuteInHours(hours: number): string {
  const at = new Date(counter.clock.wall().getTime() + hours * HOUR_MS);
  at.setUTCSeconds(0, 0);
  return at.toISOString();
}

function opening(receptionId: string) {
  return {
    method: 'POST',
    path: '/v1/receptions',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `${receptionId}.open.1`,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    },
    body: JSON.stringify({ receptionId }),
    maxAnswerBytes: 65_536,
    signal: new AbortController().signal,
  } as const;
}
