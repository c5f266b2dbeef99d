import type { Clock } from '../clock.ts';
import { faultCodes } from '../faults/catalogue.ts';
import type { Method } from '../reception/ports.ts';
import type { Reader } from '../reception/reader.ts';
import type { State } from '../reception/state.ts';
import type { Metrics } from './registry.ts';

type Way = Method | 'none';

/** Where a way is being tried before identity is proved. */
const tried: { readonly [At in State['at']]?: Way } = {
  'matching-face': 'face',
  'face-retry': 'face',
  'typing-code': 'face',
  'warning-last-try': 'pin',
  'entering-pin': 'pin',
  'verifying-pin': 'pin',
  'asking-staff': 'visual',
  'verifying-staff': 'visual',
};

const methods: readonly Method[] = ['face', 'pin', 'visual', 'phone-bio', 'phone-pin'];

/** How long these last says nothing of a reception's work. */
const unmeasured: readonly State['at'][] = ['idle', 'unavailable', 'interrupted', 'done', 'pending', 'take-card'];

/** Counts each reception once, at its end, and measures its stages. Returns the way to stop. */
export function watchReceptions(reader: Pick<Reader, 'onChange' | 'onReport'>, metrics: Metrics, clock: Clock): () => void {
  // What is there from the start can be seen to rise from nought.
  for (const method of methods) metrics.receptions.inc({ outcome: 'accepted', method }, 0);
  for (const code of faultCodes) metrics.faults.inc({ code }, 0);
  let current: { readonly id: string; method: Way; stoppedAt: string | undefined } | undefined;
  let before: State['at'] = 'idle';
  let since = clock.now();

  function measure(at: State['at']): void {
    if (at === before) return;
    const now = clock.now();
    if (!unmeasured.includes(before)) metrics.stages.observe({ stage: before }, (now - since) / 1_000);
    since = now;
  }

  /** How the reception has ended with this state; undefined while it goes on. */
  function endedAs(state: State): string | undefined {
    switch (state.at) {
      case 'done':
        return 'accepted';
      case 'pending':
        return 'pending';
      case 'interrupted':
      case 'unavailable':
        return state.code;
      // Without a fault, nobody but the patient ends a reception before its time.
      case 'take-card':
      case 'idle':
        return current?.stoppedAt ?? 'TIME-802';
      default:
        return undefined;
    }
  }

  function follow(state: State): void {
    if (state.at === 'reading' && state.reception.id !== current?.id) {
      current = { id: state.reception.id, method: 'none', stoppedAt: undefined };
    }
    if (!current) return;
    current.method = wayOf(state) ?? current.method;
    const outcome = endedAs(state);
    if (outcome) {
      metrics.receptions.inc({ outcome, method: current.method });
      current = undefined;
    } else {
      // Gone on another way: what it stopped at before is not how it ends.
      current.stoppedAt = state.at === 'stopped' ? state.code : undefined;
    }
  }

  const stopStates = reader.onChange((state) => {
    measure(state.at);
    follow(state);
    if (before === 'verifying-pin' && isAnotherEntry(state)) metrics.retries.inc({ method: 'pin' });
    if (before !== 'face-retry' && state.at === 'face-retry') metrics.retries.inc({ method: 'face' });
    before = state.at;
  });
  const stopReports = reader.onReport(({ outcome, method, machineMs, waits }) => {
    if (outcome !== 'accepted' && outcome !== 'pending') metrics.faults.inc({ code: outcome });
    else if (outcome === 'accepted') {
      metrics.machine.observe({ method: method ?? 'none' }, machineMs / 1_000);
      for (const [kind, ms] of Object.entries(waits)) metrics.waits.observe({ kind }, ms / 1_000);
    }
  });
  return () => {
    stopStates();
    stopReports();
  };
}

const wayOf = (state: State): Way | undefined => ('method' in state ? state.method : tried[state.at]);

const isAnotherEntry = (state: State): boolean =>
  state.at === 'warning-last-try' || (state.at === 'entering-pin' && state.rejected);
