/** A reader over parts that a test holds in its hands: they answer at once, but where the test is to say when. */
import { expect } from 'vitest';
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

export class ReaderBench {
  readonly clock = createSimulatedClock();
  readonly reader: Reader;
  readonly defects: unknown[] = [];
  tellCard: (event: CardEvent) => void = () => {};
  tellClinic: () => void = () => {};

  /** Answered by the test. */
  readonly captures: PromiseWithResolvers<Frames>[] = [];
  readonly readingName = Promise.withResolvers<Result<Uint8Array>>();
  readonly handingOver = Promise.withResolvers<HandOver>();

  /** How the parts are. */
  eligibility: Result<EligibilityAnswer> = ok({ segmentOfResult: '1', validity: '1', qualifications: [] });
  frontUnreadable = false;
  commitFails = false;
  waitsFor: WaitReason | undefined;

  /** What they were asked and told. */
  readonly committed: string[] = [];
  readonly noted: AuditNote[] = [];
  readonly pending: PendingRow[] = [];
  readonly told: StaffNews[] = [];
  readonly lights: Light[] = [];
  /** One for each reading of a name that was begun. */
  readonly readings: AbortSignal[] = [];
  readonly portraits: (string | undefined)[] = [];
  readonly typedBuffers: Uint8Array[] = [];
  readonly namePictures: Uint8Array[] = [];
  readonly typedPasswords: string[] = [];
  releases = 0;
  closedFaces = 0;

  constructor() {
    this.reader = new Reader({
      clock: this.clock,
      timeline: new Timeline(this.clock.now),
      newReceptionId: () => 'reception',
      simulated: true,
      onDefect: (error) => this.defects.push(error),
      ports: partsOf(this),
    });
    this.reader.start();
  }

  async sees(at: State['at']): Promise<void> {
    await this.clock.advance(0);
    expect(this.reader.state.at).toBe(at);
  }

  async placeCard(): Promise<void> {
    this.tellCard({ type: 'placed' });
    await this.sees('choosing');
  }

  async reachConsent(): Promise<void> {
    this.reader.intent({ type: 'choose', method: 'pin' });
    for (const digit of [0x31, 0x32, 0x33, 0x34]) this.reader.pinKey(digit);
    this.reader.intent({ type: 'continue' });
    await this.sees('asking');
  }

  refuseAll(): void {
    this.reader.intent({ type: 'answer', answer: { to: 'consent', items: [] } });
  }

  async reachRecording(): Promise<void> {
    await this.reachConsent();
    this.refuseAll();
    await this.sees('recording');
  }
}

function partsOf(bench: ReaderBench): Ports {
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
    eligibility: async () => bench.eligibility,
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
    close: () => bench.closedFaces++,
  };
  const card: CardPort = {
    watch(listener) {
      bench.tellCard = listener;
      return () => {};
    },
    survey: async () => ok({ pin: { at: 'ready', triesLeft: 3 }, portrait: true, carrier: 'card' }),
    async readPortrait(_signal, typed) {
      bench.portraits.push(typed && Buffer.from(typed).toString('latin1'));
      if (typed) bench.typedBuffers.push(typed);
      if (!typed && bench.frontUnreadable) return failed('CARD-108');
      const pictures = { portrait: Uint8Array.of(1), name: Uint8Array.of(2) };
      bench.namePictures.push(pictures.name);
      return ok(pictures);
    },
    async readName(signal) {
      bench.readings.push(signal);
      return bench.readingName.promise;
    },
    verifyPin: async () => ok({ at: 'right' }),
    prove: async () => ok({ certificate: Uint8Array.of(1), signature: Uint8Array.of(1) }),
    relay: async () => ok([]),
    release: async () => {
      bench.releases++;
    },
  };
  return {
    card,
    face: { ready: async () => ok(), open: () => face },
    camera: {
      frames() {
        const capture = Promise.withResolvers<Frames>();
        bench.captures.push(capture);
        return capture.promise;
      },
    },
    gateway: { open: async () => ok(session) },
    clinic: {
      pack: () => ({ parcel, replaced: [] }),
      handOver: () => bench.handingOver.promise,
      waitsFor: () => bench.waitsFor,
      watch(listener) {
        bench.tellClinic = listener;
        return () => {};
      },
    },
    records: {
      commit({ receptionId }, notes, { fileName }) {
        if (bench.commitFails) return failed('REC-701');
        bench.committed.push(`${receptionId} ${fileName}`);
        bench.noted.push(...notes);
        return ok();
      },
      commitPending(row, notes) {
        bench.pending.push(row);
        bench.noted.push(...notes);
        return ok();
      },
      note: () => ok(),
    },
    staff: {
      verifyPassword: async (password) =>
        password.spend(async (digits) => {
          bench.typedPasswords.push(Buffer.from(digits).toString('latin1'));
          return ok({ at: 'right' });
        }),
      options: () => ({
        consentItems: ['medicines', 'checkups', 'treatment', 'surgery'],
        visual: true,
        disaster: false,
        pad: 'scrambled',
      }),
      tell: (news) => bench.told.push(news),
      tellName: (receptionId, namePicture) => bench.told.push({ receptionId, namePicture, replaced: [], warnings: [] }),
      watch: () => () => {},
    },
    panel: { show: (light) => bench.lights.push(light), play: () => {} },
  };
}

const standing: Standing = {
  scope: 'all',
  registered: true,
  certificateEndsOn: '2035-01-01',
  askable: { birthdate: '1981-05-14', items: ['medicines', 'checkups'], subsidy: false, prescriptions: [] },
};

const parcel: Parcel = { receptionId: 'reception', fileName: 'result.xml', files: [], acceptedAt: new Date(0) };

/** A camera that shows nothing, and ends. */
export const noFrames: AsyncIterable<Frame> = (async function* () {})();
