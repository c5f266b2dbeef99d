/** What bench-face.ts measures, it measures in child processes: a cold one, a slowed one, and one for each library. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Quota } from './quota.ts';

const LONGEST_ANSWER_MS = 15 * 60_000;

export type Measurer = {
  /** One question at a time; rejects when the process ends instead of answering. */
  ask<Answer>(question?: object): Promise<Answer>;
  end(): Promise<void>;
};

type MeasurerOptions = {
  readonly quota?: Quota | undefined;
  readonly words?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** Starts `NAME.ts`; a quota holds from its first moments. */
export function startMeasurer(name: string, { quota, words = [], environment }: MeasurerOptions = {}): Measurer {
  const child = fork(join(import.meta.dirname, `${name}.ts`), words, {
    serialization: 'advanced',
    env: { ...process.env, ...environment },
    // Some libraries greet on standard output, which belongs to the report.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  if (child.pid !== undefined) quota?.hold(child.pid);
  const ended = once(child, 'exit').then(([code, signal]) => {
    throw new Error(`the process that measures ${name} ${words.join(' ')} ended with ${code ?? signal}`);
  });
  ended.catch(() => {});
  return {
    async ask<Answer>(question: object = {}) {
      child.send(question);
      const answer = once(child, 'message', { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
      return ((await Promise.race([answer, ended])) as [Answer])[0];
    },
    end: () => endOf(child),
  };
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

/** In the child: answers each question of the parent, until the parent is content. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<object> | object): void {
  process.on('message', async (question: Question) => process.send?.(await answer(question)));
  process.on('disconnect', () => process.exit());
}
