/** The reader's control socket: one connection, one JSON line asked and one answered. */
import { createConnection } from 'node:net';
import { z } from 'zod';
import { type Clock, deadline } from '../clock.ts';
import type { ReaderLink } from './ports.ts';
import { done, gone } from './update-fault.ts';

const ANSWER_BOUND_MS = 10_000;
/** The self-test has bounds of its own, and ends within 15 s. */
const SELF_TEST_BOUND_MS = 60_000;
const LONGEST_ANSWER = 64 * 1024;

const understood = z.object({ ok: z.literal(true) });
const rested = understood.extend({ resting: z.boolean() });
const tested = understood.extend({
  selfTest: z.object({
    passed: z.boolean(),
    parts: z.array(z.object({ part: z.string(), ok: z.boolean(), code: z.string().optional() })),
  }),
});

type Ask = 'state' | 'rest' | 'resume' | 'self-test';

export function createReaderLink({ path, clock }: { readonly path: string; readonly clock: Clock }): ReaderLink {
  async function ask<T>(question: Ask, schema: z.ZodType<T>, boundMs: number, signal: AbortSignal): Promise<T | NoAnswer> {
    const line = await askLine(path, JSON.stringify({ ask: question }), deadline(clock, boundMs, signal));
    if (typeof line !== 'string') return line;
    const answer = schema.safeParse(jsonOf(line));
    return answer.success ? answer.data : { none: 'silent', reason: `asked "${question}", it answers ${line.slice(0, 200)}` };
  }
  const plain = async (question: 'state' | 'resume', signal: AbortSignal) => {
    const answer = await ask(question, understood, ANSWER_BOUND_MS, signal);
    return 'none' in answer ? gone('UPD-979', answer.reason) : done;
  };
  return {
    answers: (signal) => plain('state', signal),
    resume: (signal) => plain('resume', signal),
    async rest(signal) {
      const answer = await ask('rest', rested, ANSWER_BOUND_MS, signal);
      if ('none' in answer) return answer.none;
      return answer.resting ? 'resting' : 'busy';
    },
    async selfTest(signal) {
      const answer = await ask('self-test', tested, SELF_TEST_BOUND_MS, signal);
      if ('none' in answer) return gone('UPD-979', answer.reason);
      const { passed, parts } = answer.selfTest;
      const broken = parts.filter(({ ok }) => !ok).map(({ part, code }) => (code ? `${part} (${code})` : part));
      return passed ? done : gone('UPD-980', broken.join(', '));
    },
  };
}

/** `gone`: nobody listens at all. */
type NoAnswer = { readonly none: 'silent' | 'gone'; readonly reason: string };

function askLine(path: string, question: string, bound: ReturnType<typeof deadline>): Promise<string | NoAnswer> {
  return new Promise((resolve) => {
    let answer = '';
    const finish = (result: string | NoAnswer) => {
      bound.done();
      bound.signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(result);
    };
    const late = () => finish({ none: 'silent', reason: `${path}: no answer` });
    const socket = createConnection(path, () => socket.write(`${question}\n`));
    bound.signal.addEventListener('abort', late, { once: true });
    if (bound.signal.aborted) return late();
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      answer += text;
      const end = answer.indexOf('\n');
      if (end >= 0) finish(answer.slice(0, end));
      else if (answer.length > LONGEST_ANSWER) finish({ none: 'silent', reason: `${path}: too long an answer` });
    });
    socket.on('end', () => finish({ none: 'silent', reason: `${path}: closed without an answer` }));
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      const nobody = code === 'ENOENT' || code === 'ECONNREFUSED';
      finish({ none: nobody ? 'gone' : 'silent', reason: `${path}: ${code ?? message}` });
    });
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
