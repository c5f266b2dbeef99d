/** The self-test: each part by itself, each within its bound, all that do not share anything at the same time. */
import { type Clock, deadline } from '../clock.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import type { UnitCode } from '../faults/unit-codes.ts';
import type { TestedPart } from './parts.ts';

/** What one look at a part found. */
export type Finding =
  /** `found`: what is there, in a few words for the technician: a name, a figure. */
  | { readonly at: 'ok'; readonly found?: string }
  | { readonly at: 'failed'; readonly code: FaultCode | UnitCode; readonly detail?: string }
  /** There is no such part here, so nothing was tested; `why` says how that is known. */
  | { readonly at: 'not-here'; readonly why: string };

/** A part and how it is looked at. The words about it stand in `texts/`, by the same name. */
export type Check = {
  readonly part: TestedPart;
  /** Ends when `signal` aborts. What rejects counts as failed: a broken part must not hide the others. */
  run(signal: AbortSignal): Promise<Finding>;
};

export type SelfTestRow =
  | { readonly part: TestedPart; readonly ok: true; readonly found?: string }
  | { readonly part: TestedPart; readonly ok: false; readonly code: FaultCode | UnitCode; readonly detail?: string }
  /** Not tested, and no reason not to pass. */
  | { readonly part: TestedPart; readonly ok: true; readonly notHere: string };

export type SelfTestReport = {
  /** ISO 8601: when it began. */
  readonly at: string;
  /** No part failed. */
  readonly passed: boolean;
  readonly parts: readonly SelfTestRow[];
};

/** One part's bound: the slowest, loading the face models, takes 2 s on a PC and 6 s under a board's share of it. */
const PART_BOUND_MS = 12_000;
/** The whole is given up a little later, should a part not heed its signal. */
const GRACE_MS = 1_000;

/** Looks at every part. The rows come in the order of `checks`; when `signal` aborts, what has not ended counts as failed. */
export async function runSelfTest(checks: readonly Check[], clock: Clock, signal: AbortSignal): Promise<SelfTestReport> {
  const at = clock.wall().toISOString();
  return reportOf(at, await Promise.all(checks.map((check) => rowOf(check, clock, signal))));
}

export const reportOf = (at: string, parts: readonly SelfTestRow[]): SelfTestReport => ({
  ...{ at, parts },
  passed: parts.every(({ ok }) => ok),
});

/** Looks at one part, as the self-test does. */
export async function rowOf({ part, run }: Check, clock: Clock, over: AbortSignal): Promise<SelfTestRow> {
  const bound = deadline(clock, PART_BOUND_MS, over);
  const end = deadline(clock, PART_BOUND_MS + GRACE_MS, over);
  try {
    const finding = await Promise.race([run(bound.signal), silence(end.signal, over)]).catch(asFailed);
    return toRow(part, finding);
  } finally {
    bound.done();
    end.done();
  }
}

function toRow(part: TestedPart, finding: Finding): SelfTestRow {
  switch (finding.at) {
    case 'ok':
      return { part, ok: true, ...(finding.found === undefined ? {} : { found: finding.found }) };
    case 'failed':
      return { part, ok: false, code: finding.code, ...(finding.detail === undefined ? {} : { detail: finding.detail }) };
    case 'not-here':
      return { part, ok: true, notHere: finding.why };
  }
}

function silence(end: AbortSignal, over: AbortSignal): Promise<Finding> {
  return new Promise((resolve) => {
    const detail = () => (over.aborted ? 'the test was ended before it answered' : `no answer within ${PART_BOUND_MS / 1000} s`);
    const give = () => resolve({ at: 'failed', code: 'UNIT-951', detail: detail() });
    if (end.aborted) give();
    else end.addEventListener('abort', give, { once: true });
  });
}

function asFailed(error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  // What an import that is not found adds is where it was looked for.
  return { at: 'failed', code: 'UNIT-951', detail: reason.split('\n', 1)[0] ?? '' };
}
