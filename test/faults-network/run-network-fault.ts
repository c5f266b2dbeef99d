/** One reception with one fault on its way, what the reader has of it, and what reconciling makes of the rest. */
import type { KeepSettlement, Settlement } from '../../src/eligibility/settle.ts';
import { ok, type Result } from '../../src/faults/result.ts';
import type { ConsentItem } from '../../src/reception/qualification.ts';
import type { Given } from '../../src/reception/questions.ts';
import { parcelOf, row as rowOf } from '../records/rows.ts';
import { certificateFaults, type MiddleFault, requestFaults } from './http-middle.ts';
import { limits, type NetworkBench, type Patient } from './network-bench.ts';
import { spoiltAnswers } from './spoilt-answers.ts';
import { type TcpFault, tcpFaults } from './tcp-gate.ts';

export const phases = ['open', 'identity', 'consent', 'eligibility', 'settle'] as const;
export type Phase = (typeof phases)[number];
export const kinds = [...tcpFaults, ...spoiltAnswers, ...requestFaults, ...certificateFaults, 'unknown-name'] as const;
export type NetworkFault = { readonly kind: (typeof kinds)[number]; readonly phase: Phase; readonly lasting: boolean };

export type Trial = {
  readonly receptionId: string;
  /** `accepted`, or the code that the reception ended with. */
  readonly outcome: string;
  /** What the reader holds as agreed to and answered, at once or after reconciling; undefined when nothing came of it. */
  readonly row: Given['consents'] | undefined;
  readonly late: boolean;
  /** The longest wait, and what was waited for. */
  readonly longest: { readonly call: string; readonly ms: number };
};

const never = new AbortController().signal;
const CONSENTS: readonly ConsentItem[] = ['medicines', 'surgery'];
const GIVEN: Given = { asked: ['medicines', 'checkups', 'surgery'], consents: CONSENTS };
const callBoundsMs = { open: limits.openMs, identity: limits.evidenceMs, eligibility: limits.eligibilityMs } as const;
/** The machine is shared, and turns of the event loop are lent to whatever else the process does. */
const SLACK_MS = 10_000;

/** What a request belongs to, by its path. */
function phaseOf(path: string): Phase {
  const last = path.slice(path.lastIndexOf('/') + 1);
  const byName: Record<string, Phase> = { receptions: 'open', settlement: 'settle' };
  return byName[last] ?? (last as Phase);
}

export async function runNetworkFault(
  bench: NetworkBench,
  fault: NetworkFault,
  receptionId: string,
  patient: Patient,
): Promise<Trial> {
  const client = bench.newClient();
  const longest = { call: 'open', ms: 0 };

  async function timed<T>(call: keyof typeof callBoundsMs, work: Promise<Result<T>>): Promise<Result<T>> {
    const startMs = performance.now();
    const result = await work;
    const ms = performance.now() - startMs;
    if (ms > longest.ms) Object.assign(longest, { call, ms });
    if (ms > callBoundsMs[call] + SLACK_MS) throw new Error(`${call} took ${Math.round(ms)} ms`);
    return result;
  }

  async function receive(): Promise<Result<unknown>> {
    const opened = await timed('open', client.open(receptionId, never));
    if (!opened.ok) return opened;
    const session = opened.value;
    const proved = await timed('identity', session.prove(patient.prove(session.challenge), 'pin', never));
    if (!proved.ok) return proved;
    const answered = await timed('eligibility', session.eligibility(GIVEN, never));
    if (answered.ok && !patient.isOf(answered.value)) throw new Error('somebody else’s eligibility was taken for this patient’s');
    return answered;
  }

  try {
    // A settlement is asked for after an answer that could not be had: the eligibility, say.
    const first = fault.phase === 'settle' ? ({ kind: 'status-500', phase: 'eligibility', lasting: true } as const) : fault;
    armAtFirst(bench, first);
    const received = await receive();
    disarm(bench);
    let row: Trial['row'] = received.ok ? CONSENTS : undefined;
    if (received.ok && !bench.records.commit(rowOf(receptionId), [], parcelOf(receptionId)).ok) throw new Error('not recorded');
    let late = false;
    function keep(settled: Settlement): Result<void> {
      if (settled.receptionId !== receptionId) throw new Error('another reception was still open');
      if (settled.at === 'nothing') return ok();
      if (!patient.isOf(settled.answer)) throw new Error('somebody else’s eligibility was settled');
      [row, late] = [settled.given.consents, true];
      return ok();
    }
    if (fault.phase === 'settle') {
      armAtFirst(bench, fault);
      await client.reconcile(keep, never);
      disarm(bench);
    }
    await reconciled(bench, keep);
    await bench.middle.release();
    return { receptionId, outcome: received.ok ? 'accepted' : received.fault.code, row, late, longest };
  } finally {
    disarm(bench);
    await client.close();
  }
}

/** The fault is on its way from the first request of its phase on. */
function armAtFirst(bench: NetworkBench, fault: NetworkFault): void {
  bench.hook.beforeRequest = (path) => {
    if (phaseOf(path) !== fault.phase) return;
    bench.hook.beforeRequest = () => {};
    arm(bench, fault);
  };
}

/** On a clean way, with a client that has not rested. */
async function reconciled(bench: NetworkBench, keep: KeepSettlement): Promise<void> {
  const client = bench.newClient();
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      const settled = await client.reconcile(keep, never);
      if (settled.ok) return;
    }
    throw new Error('the gateway is there, and what is open cannot be settled');
  } finally {
    await client.close();
  }
}

function arm({ gate, middle, hook }: NetworkBench, { kind, lasting }: Pick<NetworkFault, 'kind' | 'lasting'>): void {
  const times = lasting ? Number.POSITIVE_INFINITY : 1;
  if (kind === 'unknown-name') hook.nameKnown = false;
  else if (isTcp(kind)) gate.arm(kind, times);
  else middle.arm(kind, times);
}

function disarm({ gate, middle, hook }: NetworkBench): void {
  hook.beforeRequest = () => {};
  hook.nameKnown = true;
  gate.disarm();
  middle.disarm();
}

function isTcp(kind: TcpFault | MiddleFault): kind is TcpFault {
  return tcpFaults.some((one) => one === kind);
}
