/** A run is a list of steps: each has a name, a bound, and either what was found or why it failed. */
import { pause, systemClock } from '../../src/clock.ts';

export const MINUTE_MS = 60_000;

export type Step<Run> = {
  readonly name: string;
  readonly boundMs: number;
  /** @returns what was found, for the report. Throws when it is not as it must be */
  readonly work: (run: Run) => Promise<string>;
};

export type StepReport = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'not run';
  readonly seconds: number;
  readonly found: string;
};

/** @param onEnd told after each step of all steps: a run that is cut off leaves what it has shown */
export async function runSteps<Run>(
  run: Run,
  steps: readonly Step<Run>[],
  wanted: (name: string) => boolean,
  log: (line: string) => void,
  onEnd: (reports: readonly StepReport[]) => Promise<void>,
): Promise<readonly StepReport[]> {
  const reports = steps.map(({ name }): StepReport => ({ name, outcome: 'not run', seconds: 0, found: '' }));
  for (const [index, step] of steps.entries()) {
    if (!wanted(step.name)) continue;
    reports[index] = await runStep(run, step, log);
    await onEnd(reports);
  }
  return reports;
}

async function runStep<Run>(run: Run, { name, boundMs, work }: Step<Run>, log: (line: string) => void): Promise<StepReport> {
  const startedAt = systemClock.now();
  const over = new AbortController();
  log(`${name} …`);
  const tooLong = pause(systemClock, boundMs, over.signal).then(() => {
    if (!over.signal.aborted) throw new Error(`no end within ${boundMs / MINUTE_MS} minutes`);
    return '';
  });
  const ended = await Promise.race([work(run), tooLong]).then(
    (found) => ({ outcome: 'passed', found }) as const,
    (error: Error) => ({ outcome: 'failed', found: error.message }) as const,
  );
  over.abort();
  const seconds = Math.round((systemClock.now() - startedAt) / 100) / 10;
  log(`${name}: ${ended.outcome}, ${seconds} s. ${ended.found}`);
  return { name, seconds, ...ended };
}

/** Asks `question` again and again until it has an answer. Throws with `what` when there is none within the bound. */
export async function until<T>(
  what: string,
  withinMs: number,
  question: () => Promise<T | undefined>,
  everyMs = 2_000,
): Promise<T> {
  const end = systemClock.now() + withinMs;
  for (;;) {
    const answer = await question().catch(() => undefined);
    if (answer !== undefined) return answer;
    if (systemClock.now() > end) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await pause(systemClock, everyMs);
  }
}

/** A step's own claim. Throws with `otherwise` when it does not hold. */
export function must(truth: boolean, otherwise: string): void {
  if (!truth) throw new Error(otherwise);
}
