/** A running reader's self-test: made once at a time, its newest report kept in memory for whoever asks. */
import type { Clock } from '../clock.ts';
import type { TestedPart } from './parts.ts';
import { type Check, reportOf, rowOf, type SelfTestReport, type SelfTestRow } from './self-test.ts';
import type { ShownPart } from './view.ts';

export type SelfTester = {
  /** Absent until the first has ended. */
  readonly last: SelfTestReport | undefined;
  /** What is known of each part now, in the order of the checks. */
  rows(): readonly ShownPart[];
  /** Looks at every part; whoever asks meanwhile gets the same report. */
  all(): Promise<SelfTestReport>;
  /** Looks at one part again; its row takes the place of the earlier one. */
  one(part: TestedPart): Promise<void>;
  /** Calls `listener` after every change. Returns the way to stop. */
  watch(listener: () => void): () => void;
  close(): void;
};

export type SelfTesterOptions = {
  readonly checks: readonly Check[];
  readonly clock: Clock;
  /** Told of each whole test. */
  readonly onReport: (report: SelfTestReport) => void;
};

export function createSelfTester({ checks, clock, onReport }: SelfTesterOptions): SelfTester {
  const closing = new AbortController();
  const listeners = new Set<() => void>();
  const rows = new Map<TestedPart, SelfTestRow>();
  const running = new Set<TestedPart>();
  let last: SelfTestReport | undefined;
  let whole: Promise<SelfTestReport> | undefined;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };

  async function look(check: Check): Promise<SelfTestRow> {
    running.add(check.part);
    changed();
    const row = await rowOf(check, clock, closing.signal);
    running.delete(check.part);
    rows.set(check.part, row);
    changed();
    return row;
  }

  async function makeAll(): Promise<SelfTestReport> {
    const at = clock.wall().toISOString();
    const report = reportOf(at, await Promise.all(checks.map(look)));
    last = report;
    whole = undefined;
    if (!closing.signal.aborted) onReport(report);
    changed();
    return report;
  }

  return {
    get last() {
      return last;
    },
    rows: () => checks.map(({ part }) => ({ part, running: running.has(part), row: rows.get(part) })),
    all: () => (whole ??= makeAll()),
    async one(part) {
      const check = checks.find((each) => each.part === part);
      if (!check || running.has(part)) return;
      const row = await look(check);
      if (!last) return;
      last = reportOf(
        last.at,
        last.parts.map((each) => (each.part === part ? row : each)),
      );
      changed();
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => closing.abort(),
  };
}
