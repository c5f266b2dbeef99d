/**
 * Spares patients the wait for a gateway that is known not to answer: after some failures in a row nothing is asked
 * for a while (open), then one question is let through (half-open), and its outcome decides.
 *
 *   closed ──failures in a row──▶ open ──rest over──▶ half-open ──reached──▶ closed
 *                                  ▲                      │
 *                                  └──── not reached ─────┘  (twice the rest, up to the longest)
 */
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';

/** How a question that was let through ended; `unknown` when whoever asked gave it up. */
export type Outcome = 'reached' | 'not-reached' | 'unknown';

export type CircuitBreaker = {
  /** Value: to be told the outcome, once. Fault: GATE-501, at once, while nothing is asked. */
  admit(): Result<(outcome: Outcome) => void>;
};

type BreakerOptions = {
  readonly clock: Clock;
  readonly failures: number;
  readonly restMs: number;
  readonly longestRestMs: number;
  /** Told when the first rest begins, and when the gateway has been reached after it. */
  readonly onChange?: (at: 'open' | 'closed') => void;
};

type State =
  | { readonly at: 'closed'; readonly failures: number }
  | { readonly at: 'open'; readonly untilMs: number; readonly restMs: number }
  | { readonly at: 'half-open'; readonly restMs: number };

export function createCircuitBreaker(options: BreakerOptions): CircuitBreaker {
  const { clock, failures, restMs, longestRestMs, onChange = () => {} } = options;
  let state: State = { at: 'closed', failures: 0 };

  const rest = (ms: number): State => ({ at: 'open', untilMs: clock.now() + ms, restMs: ms });

  function tell(outcome: Outcome, trial: boolean): void {
    const wasClosed = state.at === 'closed';
    decide(outcome, trial);
    const isClosed = state.at === 'closed';
    if (wasClosed !== isClosed) onChange(isClosed ? 'closed' : 'open');
  }

  /** A late outcome of a question from before the circuit opened changes nothing but that the gateway was reached. */
  function decide(outcome: Outcome, trial: boolean): void {
    if (outcome === 'reached') state = { at: 'closed', failures: 0 };
    else if (trial && state.at === 'half-open')
      state =
        outcome === 'unknown' ? { ...state, at: 'open', untilMs: clock.now() } : rest(Math.min(2 * state.restMs, longestRestMs));
    else if (outcome === 'not-reached' && state.at === 'closed')
      state = state.failures + 1 < failures ? { at: 'closed', failures: state.failures + 1 } : rest(restMs);
  }

  return {
    admit() {
      if (state.at === 'closed') return ok((outcome) => tell(outcome, false));
      if (state.at === 'half-open' || clock.now() < state.untilMs)
        return failed('GATE-501', 'not asked: it did not answer lately');
      state = { at: 'half-open', restMs: state.restMs };
      return ok((outcome) => tell(outcome, true));
    },
  };
}
