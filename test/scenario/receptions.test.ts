import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { State } from '../../src/reception/state.ts';
import { Counter, type FaceWorker, startFaceWorker } from './counter.ts';

let face: FaceWorker;
let counter: Counter;

beforeAll(async () => {
  face = startFaceWorker();
  const ready = await face.ready(new AbortController().signal);
  expect(ready).toEqual({ ok: true, value: undefined });
});
afterAll(() => face.close());

beforeEach(async () => {
  counter = await Counter.open(face);
});
afterEach(async () => {
  expect(counter.defects).toEqual([]);
  await counter.close();
});

/** After whatever happened: the next patient is served. */
async function servesTheNext(): Promise<void> {
  counter.takeCard();
  await counter.sees('idle');
  const before = counter.clinicFiles().length;
  await counter.placeCard('rare-name');
  await counter.sees('choosing');
  counter.choose('pin');
  counter.enterPin('1234');
  await counter.sees('consenting');
  counter.agree();
  await counter.sees('done');
  expect(counter.clinicFiles().length).toBe(before + 2);
}

const xmlFiles = () => counter.clinicFiles().filter((name) => name.endsWith('.xml'));

describe('receptions that succeed', () => {
  test('by face: recorded once, handed over once, and the card is taken', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('face');
    await counter.sees('consenting');
    counter.agree();
    await counter.sees('done');
    expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
    expect(xmlFiles()).toHaveLength(1);
    const xml = counter.clinicFile(xmlFiles()[0] ?? '');
    expect(xml).toContain('<Name>見本　花子</Name>');
    expect(xml).toContain('<QualificationValidity>1</QualificationValidity>');
    expect(counter.audited()).toEqual([
      'reception.started',
      'face.decided',
      'identity.proved',
      'consent.given',
      'reception.accepted',
    ]);
    await counter.sees('take-card');
    counter.takeCard();
    await counter.sees('idle');
    expect(counter.pinVerifies()).toBe(0);
  });

  test('by PIN: one entry is one VERIFY', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.sees('consenting');
    counter.agree();
    await counter.sees('done');
    expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(counter.pinVerifies()).toBe(1);
  });

  test('a wrong PIN says how many tries are left, and the right one then succeeds', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('9999');
    await counter.sees('verifying-pin');
    expect(await counter.sees('entering-pin')).toMatchObject({ triesLeft: 2, rejected: true, digits: 0 });
    counter.enterPin('1234');
    await counter.sees('consenting');
    counter.agree();
    await counter.sees('done');
    expect(counter.pinVerifies()).toBe(2);
    expect(counter.audited()).toEqual([
      'reception.started',
      'pin.wrong',
      'pin.right',
      'identity.proved',
      'consent.given',
      'reception.accepted',
    ]);
  });

  test('a name with rare kanji reaches the clinic as it is', async () => {
    await servesTheNext();
    expect(counter.clinicFile(xmlFiles()[0] ?? '')).toContain('<Name>髙﨑　澪</Name>');
  });
});

describe('the last PIN try', () => {
  test('is entered only after a plain warning, and locks nothing when the patient turns to the face', async () => {
    await counter.placeCard('one-try-left');
    await counter.sees('choosing');
    counter.choose('pin');
    await counter.sees('warning-last-try');
    counter.choose('face');
    await counter.sees('consenting');
    expect(counter.pinVerifies()).toBe(0);
  });

  test('after two wrong entries comes the warning; a third wrong one locks, and the face is offered', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('0000');
    await counter.sees('verifying-pin');
    await counter.sees('entering-pin');
    counter.enterPin('0001');
    await counter.sees('warning-last-try');
    counter.touch({ type: 'continue' });
    expect(await counter.sees('entering-pin')).toMatchObject({ triesLeft: 1 });
    counter.enterPin('0002');
    expect((await counter.seesFault('PIN-302')).offers).toEqual(['face', 'staff']);
    counter.choose('face');
    await counter.sees('consenting');
    counter.agree();
    await counter.sees('done');
    expect(counter.pinVerifies()).toBe(3);
    expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
  });
});

test('a card whose PIN is locked finishes by face', async () => {
  await counter.placeCard('pin-locked');
  expect((await counter.sees('choosing')).reception.pin).toEqual({ at: 'locked' });
  counter.choose('pin');
  expect(counter.reader.state.at).toBe('choosing');
  counter.choose('face');
  await counter.sees('consenting');
  counter.agree();
  await counter.sees('done');
  expect(counter.pinVerifies()).toBe(0);
});

test('another person’s face is not accepted three times, and the PIN is then offered', async () => {
  await counter.placeCard('adult', { camera: 'rare-name' });
  await counter.sees('choosing');
  for (const attempt of [1, 2]) {
    counter.choose('face');
    await counter.sees('matching-face');
    expect(await counter.sees('face-retry'), `attempt ${attempt}`).toMatchObject({ code: 'FACE-401' });
  }
  counter.choose('face');
  await counter.sees('matching-face');
  expect((await counter.seesFault('FACE-401')).offers).toEqual(['pin', 'staff']);
  expect(counter.recorded()).toEqual([]);
  counter.choose('pin');
  counter.enterPin('1234');
  await counter.sees('consenting');
  counter.agree();
  await counter.sees('done');
  expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
});

test('nobody before the camera: no decision is made, and it says so', async () => {
  await counter.placeCard('adult', { camera: 'nobody' });
  await counter.sees('choosing');
  counter.choose('face');
  await counter.sees('matching-face');
  expect(await counter.sees('face-retry')).toMatchObject({ code: 'FACE-402' });
});

describe('the card is pulled', () => {
  const byPin = () => {
    counter.choose('pin');
    counter.enterPin('1234');
  };
  const byFace = () => counter.choose('face');
  const ways: readonly { at: State['at']; begin?: () => void; persona?: string; camera?: string }[] = [
    { at: 'reading' },
    { at: 'choosing' },
    { at: 'matching-face', begin: byFace },
    { at: 'face-retry', begin: byFace, camera: 'rare-name' },
    { at: 'warning-last-try', begin: () => counter.choose('pin'), persona: 'one-try-left' },
    { at: 'entering-pin', begin: () => counter.choose('pin') },
    { at: 'verifying-pin', begin: byPin },
    { at: 'proving', begin: byPin },
    { at: 'proving', begin: byFace },
    { at: 'consenting', begin: byPin },
    { at: 'querying', begin: byPin },
  ];

  test.each(ways)('while $at: it says so within half a second, nothing is recorded, the next patient is served', async (way) => {
    const { at, begin, persona = 'adult', camera } = way;
    await counter.placeCard(persona, camera === undefined ? {} : { camera });
    if (at !== 'reading') await counter.sees('choosing');
    begin?.();
    if (at === 'querying') {
      await counter.sees('consenting');
      counter.agree();
    }
    await counter.sees(at);
    counter.takeCard();
    expect(await counter.sees('interrupted', 500)).toMatchObject({ code: 'CARD-101' });
    await counter.clock.advance(1_000);
    expect(counter.recorded()).toEqual([]);
    expect(counter.clinicFiles()).toEqual([]);
    expect(counter.audited().at(-1)).toBe('reception.ended');
    await servesTheNext();
  });

  test.each(['stopped', 'take-card'] as const)('at its end (%s): the start screen is there at once', async (at) => {
    await counter.placeCard('transit-card');
    await counter.sees('stopped');
    if (at === 'take-card') counter.touch({ type: 'stop' });
    expect(counter.reader.state.at).toBe(at);
    counter.takeCard();
    await counter.sees('idle', 500);
  });

  test('while it is being recorded: record, file and screen agree', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.sees('consenting');
    counter.agree();
    await counter.sees('querying');
    // The answer and the removal in one moment: the removal's bytes are on the line when recording begins.
    const stop = counter.reader.onChange(({ at }) => at === 'recording' && counter.takeCard());
    await counter.sees('done');
    stop();
    expect(counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(xmlFiles()).toHaveLength(1);
    await counter.sees('idle');
    await servesTheNext();
  });

  test('and another card placed while the first one’s success still shows', async () => {
    await servesTheNext();
    counter.takeCard();
    await counter.placeCard('adult');
    await counter.sees('choosing');
    expect(counter.reader.state).toMatchObject({ reception: { pin: { at: 'ready', triesLeft: 3 } } });
  });
});

describe('the gateway', () => {
  async function provedByPin(): Promise<void> {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.sees('consenting');
  }

  test('is down before the reception: told before anybody is asked for a PIN', async () => {
    counter.bench.gateway.controls.mode = 'down';
    await counter.placeCard('adult');
    await counter.seesFault('GATE-501');
    expect(counter.pinVerifies()).toBe(0);
    counter.bench.gateway.controls.mode = 'normal';
    await servesTheNext();
  });

  test('goes down before the query', async () => {
    await provedByPin();
    counter.bench.gateway.controls.mode = 'down';
    counter.agree();
    await counter.seesFault('GATE-501');
    expect([counter.recorded(), counter.clinicFiles()]).toEqual([[], []]);
    counter.bench.gateway.controls.mode = 'normal';
    await servesTheNext();
  });

  test('is too slow', async () => {
    await provedByPin();
    counter.bench.gateway.controls.eligibilityMs = 600_000;
    counter.agree();
    await counter.seesFault('GATE-502', 31_000);
    expect([counter.recorded(), counter.clinicFiles()]).toEqual([[], []]);
    counter.bench.gateway.controls.eligibilityMs = 0;
    await servesTheNext();
  });

  test.each(['not-json', 'wrong-schema', 'other-reception', 'too-large', 'too-deep'] as const)(
    'answers nonsense: %s',
    async (mode) => {
      await provedByPin();
      counter.bench.gateway.controls.mode = mode;
      counter.agree();
      await counter.seesFault('GATE-503');
      expect([counter.recorded(), counter.clinicFiles()]).toEqual([[], []]);
      counter.bench.gateway.controls.mode = 'normal';
      await servesTheNext();
    },
  );

  test.each([
    ['certificate-expired', 'GATE-505'],
    ['certificate-revoked', 'GATE-506'],
  ] as const)('refuses a card: %s', async (persona, code) => {
    await counter.placeCard(persona);
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.seesFault(code);
    expect([counter.recorded(), counter.clinicFiles()]).toEqual([[], []]);
    await servesTheNext();
  });

  test.each([
    ['lost-eligibility', 'ELIG-602'],
    ['not-found', 'ELIG-601'],
  ] as const)('has no valid eligibility: %s is told to the clinic, and does not look like a success', async (persona, code) => {
    await counter.placeCard(persona);
    await counter.sees('choosing');
    counter.choose('face');
    await counter.sees('consenting');
    counter.agree();
    await counter.seesFault(code);
    expect(counter.recorded()).toEqual([{ outcome: code, method: 'face' }]);
    expect(counter.audited()).not.toContain('reception.accepted');
    expect(xmlFiles()).toHaveLength(1);
    await servesTheNext();
  });
});

test.each([
  ['transit-card', 'CARD-103'],
  ['mute-card', 'CARD-102'],
] as const)('%s: not a My Number card', async (persona, code) => {
  await counter.placeCard(persona);
  expect((await counter.seesFault(code)).offers).toEqual(['place-again', 'staff']);
  expect(counter.recorded()).toEqual([]);
  await servesTheNext();
});

describe('nobody touches the screen', () => {
  test('the reception ends by itself, and reminds of the card until it is taken', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    expect(await counter.sees('stopped', 61_000)).toMatchObject({ code: 'TIME-801' });
    await counter.sees('take-card', 61_000);
    counter.bench.panel.lastSound = undefined;
    await counter.clock.advance(5_100);
    expect(counter.bench.panel.lastSound).toBe('take-card');
    await servesTheNext();
  });

  test('half a PIN is wiped with it, and no VERIFY is sent', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    for (const digit of [0x31, 0x32]) counter.reader.pinKey(digit);
    await counter.sees('stopped', 61_000);
    expect(counter.pinVerifies()).toBe(0);
  });
});

test('the cable is pulled in the middle of a reception and put back: the reader is ready again by itself', async () => {
  await counter.placeCard('adult');
  await counter.sees('choosing');
  counter.choose('pin');
  await counter.bench.unplug();
  expect(await counter.sees('unavailable', 2_000)).toMatchObject({ code: 'MOD-202' });
  counter.takeCard();
  await counter.bench.plugIn();
  await counter.sees('idle', 3_000);
  await servesTheNext();
});

describe('the clinic’s folder', () => {
  test('is lost between record and rename: screen and record agree that nothing was handed over', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.sees('consenting');
    counter.beforePublish = () => counter.removeClinicFolder();
    counter.agree();
    await counter.seesFault('REC-702');
    expect(counter.recorded()).toEqual([{ outcome: 'REC-702', method: 'pin' }]);
    expect(counter.audited().slice(-2)).toEqual(['reception.ended', 'reception.stopped']);
  });

  test('is gone: no success is shown, and nothing is recorded as one', async () => {
    await counter.placeCard('adult');
    await counter.sees('choosing');
    counter.choose('pin');
    counter.enterPin('1234');
    await counter.sees('consenting');
    counter.removeClinicFolder();
    counter.agree();
    await counter.seesFault('REC-702');
    expect(counter.recorded()).toEqual([]);
  });
});
