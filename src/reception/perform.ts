/**
 * Carries out the effects that take time. Each gives its answer as a Result; none rejects.
 * `signal` ends with the state that asked, or with the reception.
 */
import type { Clock } from '../clock.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Answer } from './event.ts';
import type { ReceptionMemory } from './memory.ts';
import type {
  AuditEvent,
  CameraPort,
  CardPort,
  ClinicPort,
  FaceHint,
  FacePort,
  Frame,
  GatewayPort,
  GatewaySession,
  HandOver,
  Method,
  PanelPort,
  RecordsPort,
} from './ports.ts';
import type { ConsentItem } from './qualification.ts';
import type { Timeline } from './timeline.ts';

export type Ports = {
  readonly card: CardPort;
  readonly face: FacePort;
  readonly camera: CameraPort;
  readonly gateway: GatewayPort;
  readonly clinic: ClinicPort;
  readonly records: RecordsPort;
  readonly panel: PanelPort;
};

/** What an effect is carried out with. */
export type Work = {
  readonly ports: Ports;
  readonly memory: ReceptionMemory;
  readonly timeline: Timeline;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  readonly simulated: boolean;
};

export async function survey({ ports, signal }: Work): Promise<Answer> {
  const [result, face] = await Promise.all([ports.card.survey(signal), ports.face.ready(signal)]);
  return { type: 'surveyed', result, faceReady: face.ok };
}

export async function openGateway({ ports, memory, signal }: Work): Promise<Answer> {
  memory.gateway = ports.gateway.open(memory.receptionId, signal);
  const opened = await memory.gateway;
  return { type: 'gateway-opened', result: opened.ok ? ok() : opened };
}

/** The portrait is read and enrolled while the camera already looks; a later attempt has it enrolled. */
export async function matchFace(work: Work, onHint: (hint: FaceHint) => void): Promise<Answer> {
  const { ports, memory, signal, timeline } = work;
  const attempt = new AbortController();
  const both = AbortSignal.any([signal, attempt.signal]);
  const frames = await ports.camera.frames(both);
  if (!frames.ok) return { type: 'face-decided', result: frames };
  memory.face ??= ports.face.open();
  const { face } = memory;
  const enrolment = memory.enrolled ? Promise.resolve(ok()) : enrol(work, both);
  const turn = turnTime(timeline);
  const told = (hint: FaceHint) => {
    turn.hinted(hint);
    onHint(hint);
  };
  const match = face.match(timedFrames(frames.value, timeline, turn.pictureCame), told, both);
  // A portrait that cannot be had ends the attempt at once: nobody is kept looking into the camera in vain.
  const failure = enrolment.then((result) => (result.ok ? new Promise<never>(() => {}) : result));
  const result = await Promise.race([match, failure]);
  turn.ended();
  attempt.abort();
  await enrolment;
  if (result.ok) memory.decision = result.value;
  else memory.enrolled = memory.enrolled && result.fault.code !== 'FACE-406';
  return { type: 'face-decided', result };
}

async function enrol({ ports, memory }: Work, signal: AbortSignal): Promise<Result<void>> {
  // Typed by staff where the printed front could not be read.
  const portrait = memory.codeB.complete
    ? await memory.codeB.spend((digits) => ports.card.readPortrait(signal, digits))
    : await ports.card.readPortrait(signal);
  if (!portrait.ok) return portrait;
  const { face } = memory;
  if (!face || signal.aborted) {
    portrait.value.fill(0);
    return failed('FACE-406', 'the reception was over before the portrait was enrolled');
  }
  const enrolled = await face.enrol(portrait.value, signal);
  memory.enrolled = enrolled.ok;
  return enrolled;
}

/** To turn the head takes the person's time, from the hint to the last picture that came: looking at that is the machine's. */
function turnTime(timeline: Timeline) {
  let pictureMs = 0;
  let answered: ((endMs: number) => void) | undefined;
  const ended = () => {
    answered?.(pictureMs);
    answered = undefined;
  };
  return {
    ended,
    pictureCame(atMs: number): void {
      pictureMs = atMs;
    },
    hinted(hint: FaceHint): void {
      if (hint === 'turn-left' || hint === 'turn-right') answered ??= timeline.begin('person');
      else ended();
    },
  };
}

async function* timedFrames(
  frames: AsyncIterable<Frame>,
  timeline: Timeline,
  pictureCame: (atMs: number) => void,
): AsyncGenerator<Frame> {
  const iterator = frames[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await timeline.waiting('camera', () => iterator.next());
      if (next.done) return;
      pictureCame(next.value.atMs);
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}

export async function verifyPin({ ports, memory, signal }: Work, knownTriesLeft: number): Promise<Answer> {
  try {
    return { type: 'pin-verified', result: await ports.card.verifyPin(memory.pin, knownTriesLeft, signal) };
  } finally {
    memory.pin.wipe();
  }
}

export async function prove(work: Work, method: Method): Promise<Answer> {
  const gateway = (await work.memory.gateway) ?? failed('GATE-501', 'no gateway was opened');
  if (!gateway.ok) return { type: 'proved', result: gateway };
  const result = await (method === 'pin' ? provePin(work, gateway.value) : proveFace(work, gateway.value));
  return { type: 'proved', result };
}

async function provePin({ ports, signal }: Work, gateway: GatewaySession): Promise<Result<void>> {
  const proof = await ports.card.prove(gateway.challenge, signal);
  return proof.ok ? gateway.provePin(proof.value, signal) : proof;
}

/** A gateway that never ends the relay is not one: its own protocol needs two rounds. */
const RELAY_ROUNDS = 8;

async function proveFace({ ports, memory, signal }: Work, gateway: GatewaySession): Promise<Result<void>> {
  const { decision } = memory;
  if (!decision?.matched) return failed('SYS-901', 'a proof by face without a match');
  let answers: readonly Uint8Array[] = [];
  for (let round = 0; round < RELAY_ROUNDS; round++) {
    const step = await gateway.relay(decision, answers, signal);
    if (!step.ok) return step;
    if (step.value.at === 'proved') return ok();
    const relayed = await ports.card.relay(step.value.commands, signal);
    if (!relayed.ok) return relayed;
    answers = relayed.value;
  }
  return failed('GATE-503', 'the relay did not end');
}

export async function query({ memory, signal }: Work, consents: readonly ConsentItem[]): Promise<Answer> {
  const gateway = (await memory.gateway) ?? failed('GATE-501', 'no gateway was opened');
  if (!gateway.ok) return { type: 'eligibility-answered', result: gateway };
  const result = await gateway.value.eligibility(consents, signal);
  if (result.ok) {
    memory.answer = result.value;
    memory.consents = result.value.consents ?? consents;
  }
  return { type: 'eligibility-answered', result };
}

/** `fileName`: what the clinic was given; absent while it waits. */
export type Recorded = { readonly result: Result<HandOver>; readonly fileName?: string };

/**
 * Row, audit and the clinic's parcel in one transaction: from then on the reception stands, and an outage of the
 * clinic's side costs a delay. A crash before it leaves nothing, one after it a parcel that is handed over at the next start.
 */
export async function record(work: Work, method: Method, outcome: 'accepted' | FaultCode): Promise<Recorded> {
  const { ports, memory, timeline, clock, simulated } = work;
  const { answer, consents, receptionId, startedAt } = memory;
  if (!answer) return { result: failed('REC-701', 'no answer to record') };
  const at = clock.wall();
  const { validity } = answer;
  const result = { receptionId, method, at, consents, answer, simulated, stages: timeline.stages() };
  const { parcel } = ports.clinic.pack(result);
  const { fileName } = parcel;
  const last: AuditEvent =
    outcome === 'accepted'
      ? { name: 'reception.accepted', receptionId, method, validity, fileName }
      : { name: 'reception.ended', receptionId, code: outcome };
  const committed = ports.records.commit(
    { receptionId, method, consents, validity, outcome, fileName, startedAt, acceptedAt: at, simulated },
    [...memory.audit, { event: last, atMs: clock.now(), wall: at }],
    parcel,
  );
  if (!committed.ok) return { result: committed };
  memory.audit = [];
  const handOver = await ports.clinic.handOver(work.signal);
  return { result: ok(handOver), ...(handOver === 'handed-over' && { fileName }) };
}
