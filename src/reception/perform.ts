/**
 * Carries out the effects that take time. Each gives its answer as a Result; none rejects.
 * `signal` ends with the state that asked, or with the reception.
 */
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { certificateDays, certificateGrace } from './certificate-reminder.ts';
import type { Answer, Proved } from './event.ts';
import { japanDay } from './japan-day.ts';
import type { ReceptionMemory } from './memory.ts';
import type {
  CameraPort,
  CardPort,
  ClinicPort,
  FaceHint,
  FacePort,
  Frame,
  GatewayPort,
  GatewaySession,
  Method,
  PanelPort,
  RecordsPort,
  StaffPort,
  Standing,
} from './ports.ts';
import { type Given, questionsFor } from './questions.ts';
import type { Timeline } from './timeline.ts';

export type Ports = {
  readonly card: CardPort;
  readonly face: FacePort;
  readonly camera: CameraPort;
  readonly gateway: GatewayPort;
  readonly clinic: ClinicPort;
  readonly records: RecordsPort;
  readonly panel: PanelPort;
  readonly staff: StaffPort;
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
  return { type: 'surveyed', result, faceReady: face.ok, visual: ports.staff.options().visual };
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
  return { type: 'face-decided', result, noPortrait: memory.noPortrait };
}

async function enrol({ ports, memory }: Work, signal: AbortSignal): Promise<Result<void>> {
  // Typed by staff where the printed front could not be read.
  const pictures = memory.codeB.complete
    ? await memory.codeB.spend((digits) => ports.card.readPortrait(signal, digits))
    : await ports.card.readPortrait(signal);
  memory.noPortrait = !pictures.ok && pictures.fault.code === 'FACE-404';
  if (!pictures.ok) return pictures;
  const { portrait, name } = pictures.value;
  const { face } = memory;
  if (!face || signal.aborted) {
    portrait.fill(0);
    name.fill(0);
    return failed('FACE-406', 'the reception was over before the portrait was enrolled');
  }
  memory.namePicture?.fill(0);
  memory.namePicture = name;
  const enrolled = await face.enrol(portrait, signal);
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

export async function verifyStaff({ ports, memory, signal }: Work): Promise<Answer> {
  try {
    return { type: 'staff-verified', result: await ports.staff.verifyPassword(memory.password, signal) };
  } finally {
    memory.password.wipe();
  }
}

export async function prove(work: Work, method: Method, approver?: string): Promise<Answer> {
  work.memory.approver = approver;
  const gateway = (await work.memory.gateway) ?? failed('GATE-501', 'no gateway was opened');
  if (!gateway.ok) return { type: 'proved', result: gateway };
  const standing = await (method === 'face' || method === 'visual'
    ? proveThroughRelay(work, gateway.value, method)
    : proveOnCard(work, gateway.value, method));
  return { type: 'proved', result: standing.ok ? ok(provedWith(work, gateway.value, standing.value)) : standing };
}

export async function register(work: Work): Promise<Answer> {
  const gateway = (await work.memory.gateway) ?? failed('GATE-501', 'no gateway was opened');
  if (!gateway.ok) return { type: 'registered', result: gateway };
  const standing = await gateway.value.register(work.signal);
  return { type: 'registered', result: standing.ok ? ok(provedWith(work, gateway.value, standing.value)) : standing };
}

/** What is to be asked of this person; what is personal about it stays in the memory. */
function provedWith({ ports, memory, clock }: Work, { facility, jpkiMaintenance }: GatewaySession, standing: Standing): Proved {
  if (!standing.registered) return { at: 'not-registered', jpkiMaintenance };
  const { scope, certificateEndsOn, askable } = standing;
  const today = japanDay(clock.wall());
  const days = certificateDays(certificateEndsOn, today);
  const grace = certificateGrace(certificateEndsOn, today);
  memory.prescriptions = askable?.prescriptions ?? [];
  const wanted = ports.staff.options().consentItems;
  const consentItems = facility.consentItems.filter((item) => wanted.includes(item));
  return {
    at: 'registered',
    scope,
    ...(days === undefined ? {} : { certificateDays: days }),
    ...(grace && { grace }),
    questions: askable ? questionsFor(askable, { ...facility, consentItems }, today) : [],
  };
}

async function proveOnCard(
  { ports, signal }: Work,
  gateway: GatewaySession,
  method: Exclude<Method, 'face' | 'visual'>,
): Promise<Result<Standing>> {
  const proof = await ports.card.prove(gateway.challenge, signal);
  return proof.ok ? gateway.prove(proof.value, method, signal) : proof;
}

/** A gateway that never ends the relay is not one: its own protocol needs two rounds. */
const RELAY_ROUNDS = 8;

async function proveThroughRelay(
  { ports, memory, signal }: Work,
  gateway: GatewaySession,
  method: 'face' | 'visual',
): Promise<Result<Standing>> {
  const { decision, approver } = memory;
  const evidence = method === 'visual' ? approver !== undefined && { approver } : decision?.matched && decision;
  if (!evidence) return failed('SYS-901', `a proof by ${method} without what it stands on`);
  let answers: readonly Uint8Array[] = [];
  for (let round = 0; round < RELAY_ROUNDS; round++) {
    const step = await gateway.relay(evidence, answers, signal);
    if (!step.ok) return step;
    if (step.value.at === 'proved') return ok(step.value.standing);
    const relayed = await ports.card.relay(step.value.commands, signal);
    if (!relayed.ok) return relayed;
    answers = relayed.value;
  }
  return failed('GATE-503', 'the relay did not end');
}

export async function query({ memory, signal }: Work, given: Given): Promise<Answer> {
  const gateway = (await memory.gateway) ?? failed('GATE-501', 'no gateway was opened');
  if (!gateway.ok) return { type: 'eligibility-answered', result: gateway };
  const result = await gateway.value.eligibility(given, signal);
  if (result.ok) memory.answer = result.value;
  return { type: 'eligibility-answered', result };
}
