/** The runner where parts fail in ways that no bench part does: too late, by a defect, or in their listeners. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Light } from '../../src/faults/catalogue.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { Ports } from '../../src/reception/perform.ts';
import type {
  AuditNote,
  CardEvent,
  CardPort,
  FaceSession,
  Frame,
  GatewaySession,
  HandOver,
  Parcel,
  PendingRow,
  StaffNews,
  Standing,
  WaitReason,
} from '../../src/reception/ports.ts';
import type { EligibilityAnswer } from '../../src/reception/qualification.ts';
import { Reader } from '../../src/reception/reader.ts';
import type { State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

type Frames = Result<AsyncIterable<Frame>>;

const clock = createSimulatedClock();
let tellCard: (event: CardEvent) => void;
let captures: PromiseWithResolvers<Frames>[];
/** One for each reading of a name that was begun. */
let readings: AbortSignal[];
let readingName: PromiseWithResolvers<Result<Uint8Array>>;
let releases: number;
let handingOver: PromiseWithResolvers<HandOver>;
let committed: string[];
let noted: AuditNote[];
let portraits: (string | undefined)[];
let typedBuffers: Uint8Array[];
let namePictures: Uint8Array[];
let pending: PendingRow[];
let eligibility: Result<EligibilityAnswer>;
let told: StaffNews[];
let typedPasswords: string[];
let closedFaces: number;
let defects: unknown[];
let frontUnreadable = false;
let commitFails = false;
let waitsFor: WaitReason | undefined;
let tellClinic: () => void;
let lights: Light[];
let reader: Reader;

beforeEach(() => {
  [captures, committed, noted, defects, closedFaces] = [[], [], [], [], 0];
  [portraits, typedBuffers, namePictures, lights] = [[], [], [], []];
  [pending, told, typedPasswords] = [[], [], []];
  [readings, readingName, releases] = [[], Promise.withResolvers(), 0];
  eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [] });
  [commitFails, waitsFor] = [false, undefined];
  handingOver = Promise.withResolvers();
  reader = new Reader({
    clock,
    timeline: new Timeline(clock.now),
    newReceptionId: () => 'reception',
    simulated: true,
    onDefect: (error) => defects.push(error),
    ports: ports(),
  });
  reader.start();
});
afterEach(() => reader.close());

/** Parts that answer at once; camera and clinic answer when the test says so. */
function ports(): Ports {
  const session: GatewaySession = {
    challenge: new Uint8Array(32),
    facility: {
      kind: 'clinic',
      consentItems: ['medicines', 'checkups', 'treatment', 'surgery'],
      electronicPrescription: '0',
      prescriptionAsked: '1',
    },
    jpkiMaintenance: false,
    prove: async () => ok(standing),
    relay: async () => ok({ at: 'proved', standing }),
    register: async () => ok(standing),
    eligibility: async () => eligibility,
  };
  const enrolled = Promise.withResolvers<void>();
  const face: FaceSession = {
    async enrol() {
      enrolled.resolve();
      return ok();
    },
    async match() {
      await enrolled.promise;
      return ok({ matched: true, score: 0.9, threshold: 0.5, frames: 3, liveness: 'head-turned', model: 'test' });
    },
    close: () => closedFaces++,
  };
  const card: CardPort = {
    watch(listener) {
      tellCard = listener;
      return () => {};
    },
    survey: async () => ok({ pin: { at: 'ready', triesLeft: 3 }, portrait: true, carrier: 'card' }),
    async readPortrait(_signal, typed) {
      portraits.push(typed && Buffer.from(typed).toString('latin1'));
      if (typed) typedBuffers.push(typed);
      if (!typed && frontUnreadable) return failed('CARD-108');
      const pictures = { portrait: Uint8Array.of(1), name: Uint8Array.of(2) };
      namePictures.push(pictures.name);
      return ok(pictures);
    },
    async readName(signal) {
      readings.push(signal);
      return readingName.promise;
    },
    verifyPin: async () => ok({ at: 'right' }),
    prove: async () => ok({ certificate: Uint8Array.of(1), signature: Uint8Array.of(1) }),
    relay: async () => ok([]),
    release: async () => {
      releases++;
    },
  };
  return {
    card,
    face: { ready: async () => ok(), open: () => face },
    camera: {
      frames() {
        const capture = Promise.withResolvers<Frames>();
        captures.push(capture);
        return capture.promise;
      },
    },
    gateway: { open: async () => ok(session) },
    clinic: {
      pack: () => ({ parcel, replaced: [] }),
      handOver: () => handingOver.promise,
      waitsFor: () => waitsFor,
      watch(listener) {
        tellClinic = listener;
        return () => {};
      },
    },
    records: {
      commit({ receptionId }, notes, { fileName }) {
        if (commitFails) return failed('REC-701');
        committed.push(`${receptionId} ${fileName}`);
        noted.push(...notes);
        return ok();
      },
      commitPending(row, notes) {
        pending.push(row);
        noted.push(...notes);
        return ok();
      },
      note: () => ok(),
    },
    staff: {
      verifyPassword: async (password) =>
        password.spend(async (digits) => {
          typedPasswords.push(Buffer.from(digits).toString('latin1'));
          return ok({ at: 'right' });
        }),
      options: () => ({
        consentItems: ['medicines', 'checkups', 'treatment', 'surgery'],
        visual: true,
        disaster: false,
        pad: 'scrambled',
      }),
      tell: (news) => told.push(news),
      tellName: (receptionId, namePicture) => told.push({ receptionId, namePicture, replaced: [], warnings: [] }),
      watch: () => () => {},
    },
    panel: { show: (light) => lights.push(light), play: () => {} },
  };
}

const standing: Standing = {
  scope: 'all',
  registered: true,
  certificateEndsOn: '2035-01-01',
  askable: { birthdate: '1981-05-14', items: ['medicines', 'checkups'], subsidy: false, prescriptions: [] },
};

const parcel: Parcel = { receptionId: 'reception', fileName: 'result.xml', files: [], acceptedAt: new Date(0) };

const noFrames: AsyncIterable<Frame> = (async function* () {})();

async function sees(at: State['at']): Promise<void> {
  await clock.advance(0);
  expect(reader.state.at).toBe(at);
}

async function reachConsent(): Promise<void> {
  reader.intent({ type: 'choose', method: 'pin' });
  for (const digit of [0x31, 0x32, 0x33, 0x34]) reader.pinKey(digit);
  reader.intent({ type: 'continue' });
  await sees('asking');
}

const refuseAll = () => reader.intent({ type: 'answer', answer: { to: 'consent', items: [] } });

async function reachRecording(): Promise<void> {
  await reachConsent();
  refuseAll();
  await sees('recording');
}

async function placeCard(): Promise<void> {
  tellCard({ type: 'placed' });
  await sees('choosing');
}

test('a camera that fails after the patient turned to the PIN does not call the recording a failure', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  await sees('matching-face');
  await reachRecording();
  captures[0]?.reject(new Error('the camera’s own defect'));
  await sees('recording');
  expect(defects).toHaveLength(1);
  handingOver.resolve('handed-over');
  await sees('done');
  expect(committed).toEqual(['reception result.xml']);
});

test('the answer of an attempt that was given up is not taken for the next one’s', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  reader.intent({ type: 'choose', method: 'pin' });
  reader.intent({ type: 'choose', method: 'face' });
  captures[0]?.resolve(failed('FACE-405'));
  await sees('matching-face');
});

test('what cannot be recorded is no success', async () => {
  commitFails = true;
  await placeCard();
  await reachConsent();
  refuseAll();
  await sees('stopped');
  expect(reader.state).toMatchObject({ code: 'REC-701' });
  expect(committed).toEqual([]);
});

test('what happened is recorded with the time at which it happened, not at which it was written', async () => {
  const placedMs = clock.now();
  await placeCard();
  await clock.advance(4_000);
  await reachRecording();
  handingOver.resolve('will-be-handed-over');
  await sees('done');
  expect(noted.map(({ event, atMs }) => [event.name, atMs - placedMs])).toEqual([
    ['reception.started', 0],
    ['pin.right', 4_000],
    ['identity.proved', 4_000],
    ['consent.given', 4_000],
    ['reception.accepted', 4_000],
  ]);
  expect(noted.map(({ wall }) => wall.getTime() - (noted[0]?.wall.getTime() ?? 0))).toEqual([0, 4_000, 4_000, 4_000, 4_000]);
});

test('the light calls staff while results wait, but not during a reception', async () => {
  waitsFor = 'folder-missing';
  tellClinic();
  expect(lights.at(-1)).toBe('attention');
  await placeCard();
  expect(lights.at(-1)).toBe('your-turn');
  tellCard({ type: 'removed' });
  await clock.advance(8_000);
  expect(lights.at(-1)).toBe('attention');
  waitsFor = undefined;
  tellClinic();
  expect(lights.at(-1)).toBe('ready');
});

test('what is personal is let go as soon as success shows, also when the card went before', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  await sees('matching-face');
  captures[0]?.resolve(ok((async function* () {})()));
  await sees('asking');
  refuseAll();
  await sees('recording');
  tellCard({ type: 'removed' });
  handingOver.resolve('handed-over');
  await sees('done');
  expect(closedFaces).toBe(1);
  await clock.advance(5_000);
  await sees('idle');
});

test('a listener’s defect is told of, and the reception goes on', async () => {
  reader.onChange(() => {
    throw new Error('a page’s own defect');
  });
  await placeCard();
  expect(defects).not.toEqual([]);
});

test('a front that cannot be read is typed by staff: the digits reach the card once and are wiped', async () => {
  frontUnreadable = true;
  try {
    await placeCard();
    reader.intent({ type: 'choose', method: 'face' });
    captures[0]?.resolve(ok(noFrames));
    await sees('stopped');
    expect(reader.state).toMatchObject({ code: 'CARD-108', offers: ['pin', 'type-code', 'visual', 'staff'] });
    reader.intent({ type: 'type-code' });
    for (const digit of Buffer.from('55021720352285')) reader.pinKey(digit);
    expect(reader.state).toMatchObject({ at: 'typing-code', digits: 14 });
    reader.intent({ type: 'continue' });
    captures[1]?.resolve(ok(noFrames));
    await sees('asking');
    expect(portraits).toEqual([undefined, '55021720352285']);
    expect([...(typedBuffers[0] ?? [])].every((byte) => byte === 0)).toBe(true);
  } finally {
    frontUnreadable = false;
  }
});

test('the facility password goes to staff as bytes, once, and is wiped', async () => {
  await placeCard();
  reader.intent({ type: 'ask-staff' });
  for (const digit of Buffer.from('246813')) reader.pinKey(digit);
  reader.intent({ type: 'continue' });
  await sees('asking');
  expect(reader.state).toMatchObject({ method: 'visual' });
  expect(typedPasswords).toEqual(['246813']);
  refuseAll();
  handingOver.resolve('handed-over');
  await sees('done');
  expect(noted.map(({ event }) => event)).toContainEqual({
    name: 'visual.approved',
    receptionId: 'reception',
    approver: 'counter',
  });
});

test('the desk approves the reception that is there, and no other, and not a second time', async () => {
  await placeCard();
  expect(reader.approve('another', 'somebody')).toMatchObject({ fault: { code: 'STAFF-854' } });
  expect(reader.approve('reception', 'somebody')).toEqual(ok());
  expect(reader.approve('reception', 'somebody')).toMatchObject({ fault: { code: 'STAFF-854' } });
  await sees('asking');
});

test('a card that is taken before the consents: the eligibility is recorded, with nothing agreed to', async () => {
  await placeCard();
  await reachConsent();
  tellCard({ type: 'removed' });
  handingOver.resolve('handed-over');
  await sees('done');
  expect(reader.state).toMatchObject({
    cardGone: true,
    cutShort: true,
    given: { asked: ['medicines', 'checkups'], consents: [] },
  });
});

test('the next patient does not wait for the screen of the one before', async () => {
  await placeCard();
  await reachRecording();
  tellCard({ type: 'removed' });
  tellCard({ type: 'placed' });
  await sees('recording');
  handingOver.resolve('handed-over');
  await sees('choosing');
  expect(committed).toHaveLength(1);
});

test('an outage keeps who it was and what was answered, to be asked again', async () => {
  eligibility = failed('GATE-502');
  await placeCard();
  await reachConsent();
  reader.intent({ type: 'answer', answer: { to: 'consent', items: ['medicines'] } });
  await sees('pending');
  expect(pending).toMatchObject([
    {
      receptionId: 'reception',
      method: 'pin',
      code: 'GATE-502',
      given: { asked: ['medicines', 'checkups'], consents: ['medicines'] },
    },
  ]);
  expect(noted.at(-1)?.event).toEqual({ name: 'reception.pending', receptionId: 'reception', code: 'GATE-502' });
  expect(committed).toEqual([]);
});

test('20 s before the end of the time a patient is told, and one touch gives all of it again', async () => {
  await placeCard();
  await clock.advance(39_999);
  expect(reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await clock.advance(1);
  expect(reader.state).toMatchObject({ reception: { hurry: true } });
  await clock.advance(19_000);
  reader.intent({ type: 'extend' });
  expect(reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await clock.advance(59_999);
  await sees('choosing');
  await clock.advance(1);
  await sees('stopped');
  expect(reader.state).toMatchObject({ code: 'TIME-801' });
});

test('whoever asks for more time before it runs out, as by changing the language, has all of it again', async () => {
  await placeCard();
  await clock.advance(30_000);
  reader.intent({ type: 'extend' });
  await clock.advance(39_999);
  expect(reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await clock.advance(1);
  expect(reader.state).toMatchObject({ at: 'choosing', reception: { hurry: true } });
  await clock.advance(20_000);
  await sees('stopped');
});

test('the machine has no more time for being asked: a hand-over that is never answered ends at its bound', async () => {
  await placeCard();
  await reachRecording();
  await clock.advance(10_000);
  reader.intent({ type: 'extend' });
  await clock.advance(5_000);
  expect(reader.state).toMatchObject({ at: 'stopped', code: 'REC-701' });
});

test('a page that is lost ends what nobody can answer, and lets what is being recorded be finished', async () => {
  await placeCard();
  reader.pageLost();
  expect(reader.state).toMatchObject({ at: 'stopped', code: 'SYS-903' });
  tellCard({ type: 'removed' });
  await placeCard();
  await reachRecording();
  reader.pageLost();
  handingOver.resolve('handed-over');
  await sees('done');
});

test('the picture of the name is for staff where a glyph is missing, and wiped where none is', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  captures[0]?.resolve(ok(noFrames));
  await sees('asking');
  eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  refuseAll();
  handingOver.resolve('handed-over');
  await sees('done');
  expect(told[0]?.namePicture).toEqual(Uint8Array.of(2));
  await clock.advance(10_000);
  tellCard({ type: 'removed' });
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  captures[1]?.resolve(ok(noFrames));
  await sees('asking');
  eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '見本　花子' }] });
  refuseAll();
  await sees('done');
  expect(told[1]).not.toHaveProperty('namePicture');
  expect(namePictures[1]).toEqual(Uint8Array.of(0));
});

/** A name with ● in its text is received by PIN, and the reception is over. */
async function nameIsWanted(): Promise<void> {
  await placeCard();
  await reachConsent();
  eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  refuseAll();
  handingOver.resolve('handed-over');
  await sees('done');
}

test('by PIN the name is read once all is over, told to staff, and the card is let go of again', async () => {
  await nameIsWanted();
  expect([readings.length, releases, told.length]).toEqual([1, 1, 1]);
  readingName.resolve(ok(Uint8Array.of(7)));
  await clock.advance(0);
  expect(told[1]).toMatchObject({ receptionId: 'reception', namePicture: Uint8Array.of(7) });
  expect(releases).toBe(2);
});

test('a name that cannot be read changes nothing, and takes no longer than twenty seconds', async () => {
  await nameIsWanted();
  await clock.advance(20_000);
  expect(readings[0]?.aborted).toBe(true);
  readingName.resolve(failed('CARD-108'));
  await clock.advance(0);
  expect([told.length, releases]).toEqual([1, 2]);
});

test('the next card ends the reading: what came is wiped, and the card that lies there now is not let go of', async () => {
  await nameIsWanted();
  tellCard({ type: 'removed' });
  await placeCard();
  expect(readings[0]?.aborted).toBe(true);
  const before = releases;
  const late = Uint8Array.of(7);
  readingName.resolve(ok(late));
  await clock.advance(0);
  expect([late, told.length, releases]).toEqual([Uint8Array.of(0), 1, before]);
  await sees('choosing');
});

test('no name is read where the text has every glyph, nor once the card has been taken', async () => {
  await placeCard();
  await reachRecording();
  handingOver.resolve('handed-over');
  await sees('done');
  tellCard({ type: 'removed' });
  await placeCard();
  await reachConsent();
  eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  tellCard({ type: 'removed' });
  await sees('done');
  expect(readings).toEqual([]);
});
