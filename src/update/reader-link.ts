/** What the updater asks the reader's program over its control socket. */
import { z } from 'zod';
import { askControl, type ControlQuestion } from '../ask-control.ts';
import type { Clock } from '../clock.ts';
import type { ReaderLink } from './ports.ts';
import { done, gone, got } from './update-fault.ts';

const ANSWER_BOUND_MS = 10_000;
/** The self-test has bounds of its own, and ends within 15 s. */
const SELF_TEST_BOUND_MS = 60_000;

const understood = z.object({ ok: z.literal(true) });
const rested = understood.extend({ resting: z.boolean() });
const report = z
  .object({
    passed: z.boolean(),
    parts: z.array(
      z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true) }),
        z.object({ ok: z.literal(false), part: z.string(), code: z.string() }),
      ]),
    ),
  })
  .refine(({ passed, parts }) => passed === parts.every(({ ok }) => ok), 'the whole and its parts say different things');
const tested = understood.extend({ selfTest: report });

export function createReaderLink({ path, clock }: { readonly path: string; readonly clock: Clock }): ReaderLink {
  async function asked<T>(ask: ControlQuestion['ask'], schema: z.ZodType<T>, boundMs: number, signal: AbortSignal) {
    const answer = await askControl({ path, ask, boundMs, clock }, signal);
    if (answer.at !== 'answered') return answer;
    const said = schema.safeParse(answer.value);
    if (said.success) return { at: 'understood', value: said.data } as const;
    return { at: 'silent', reason: `asked "${ask}", it answers ${JSON.stringify(answer.value).slice(0, 200)}` } as const;
  }
  const plain = async (ask: 'state' | 'resume', signal: AbortSignal) => {
    const answer = await asked(ask, understood, ANSWER_BOUND_MS, signal);
    return answer.at === 'understood' ? done : gone('UPD-979', answer.reason);
  };
  return {
    answers: (signal) => plain('state', signal),
    resume: (signal) => plain('resume', signal),
    async rest(signal) {
      const answer = await asked('rest', rested, ANSWER_BOUND_MS, signal);
      if (answer.at !== 'understood') return answer.at;
      return answer.value.resting ? 'resting' : 'busy';
    },
    async selfTest(signal) {
      const answer = await asked('self-test', tested, SELF_TEST_BOUND_MS, signal);
      if (answer.at !== 'understood') return gone('UPD-979', answer.reason);
      const { parts } = answer.value.selfTest;
      return got(parts.flatMap((row) => (row.ok ? [] : [{ part: row.part, code: row.code }])));
    },
  };
}
