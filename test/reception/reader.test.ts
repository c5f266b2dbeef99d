/** The runner where parts fail in ways that no bench part does: too late, by a defect, or in their listeners. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { Ports } from '../../src/reception/perform.ts';
import type { CardEvent, CardPort, FaceSession, Frame, GatewaySession, StagedResult } from '../../src/reception/ports.ts';
import { Reader } from '../../src/reception/reader.ts';
import type { State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

type Frames = Result<AsyncIterable<Frame>>;

const clock = createSimulatedClock();
let tellCard: (event: CardEvent) => void;
let captures: PromiseWithResolvers<Frames>[];
let staging: PromiseWithResolvers<Result<StagedResult>>;
let committed: string[];
let portraits: (string | undefined)[];
let typedBuffers: Uint8Array[];
let discarded: number;
let closedFaces: number;
let defects: unknown[];
let frontUnreadable = false;
let reader: Reader;

beforeEach(() => {
  [captures, committed, defects, discarded, closedFaces] = [[], [], [], 0, 0];
  [portraits, typedBuffers] = [[], []];
  staging = Promise.withResolvers();
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
    provePin: async () => ok(),
    relay: async () => ok({ at: 'proved' }),
    eligibility: async () => ok({ segmentOfResult: '1', validity: '1', qualifications: [] }),
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
    survey: async () => ok({ pin: { at: 'ready', triesLeft: 3 }, portrait: true }),
    async readPortrait(_signal, typed) {
      portraits.push(typed && Buffer.from(typed).toString('latin1'));
      if (typed) typedBuffers.push(typed);
      return typed ? ok(Uint8Array.of(1)) : frontUnreadable ? failed('CARD-108') : ok(Uint8Array.of(1));
    },
    verifyPin: async () => ok({ at: 'right' }),
    prove: async () => ok({ certificate: Uint8Array.of(1), signature: Uint8Array.of(1) }),
    relay: async () => ok([]),
    release: async () => {},
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
    clinic: { stage: () => staging.promise },
    records: {
      commit: ({ receptionId }) => {
        committed.push(receptionId);
        return ok();
      },
      note: () => ok(),
      delivered: () => ok(),
      withdraw: () => ok(),
    },
    panel: { show: () => {}, play: () => {} },
  };
}

const staged: Result<StagedResult> = ok({
  fileName: 'result.xml',
  publish: async () => ok('/clinic/result.xml'),
  discard: async () => void discarded++,
});

const noFrames: AsyncIterable<Frame> = (async function* () {})();

async function sees(at: State['at']): Promise<void> {
  await clock.advance(0);
  expect(reader.state.at).toBe(at);
}

async function reachRecording(): Promise<void> {
  reader.intent({ type: 'choose', method: 'pin' });
  for (const digit of [0x31, 0x32, 0x33, 0x34]) reader.pinKey(digit);
  reader.intent({ type: 'continue' });
  await sees('consenting');
  reader.intent({ type: 'consent', items: [] });
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
  staging.resolve(staged);
  await sees('done');
  expect(committed).toEqual(['reception']);
});

test('the answer of an attempt that was given up is not taken for the next one’s', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  reader.intent({ type: 'choose', method: 'pin' });
  reader.intent({ type: 'choose', method: 'face' });
  captures[0]?.resolve(failed('FACE-405'));
  await sees('matching-face');
});

test('what is written too late is not recorded: the screen has said that it failed', async () => {
  await placeCard();
  await reachRecording();
  await clock.advance(15_000);
  expect(reader.state).toMatchObject({ at: 'stopped', code: 'REC-701' });
  staging.resolve(staged);
  await sees('stopped');
  expect([committed, discarded]).toEqual([[], 1]);
});

test('what is personal is let go as soon as success shows, also when the card went before', async () => {
  await placeCard();
  reader.intent({ type: 'choose', method: 'face' });
  await sees('matching-face');
  captures[0]?.resolve(ok((async function* () {})()));
  await sees('consenting');
  reader.intent({ type: 'consent', items: [] });
  await sees('recording');
  tellCard({ type: 'removed' });
  staging.resolve(staged);
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
    expect(reader.state).toMatchObject({ code: 'CARD-108', offers: ['pin', 'type-code', 'staff'] });
    reader.intent({ type: 'type-code' });
    for (const digit of Buffer.from('55021720352285')) reader.pinKey(digit);
    expect(reader.state).toMatchObject({ at: 'typing-code', digits: 14 });
    reader.intent({ type: 'continue' });
    captures[1]?.resolve(ok(noFrames));
    await sees('consenting');
    expect(portraits).toEqual([undefined, '55021720352285']);
    expect([...(typedBuffers[0] ?? [])].every((byte) => byte === 0)).toBe(true);
  } finally {
    frontUnreadable = false;
  }
});
