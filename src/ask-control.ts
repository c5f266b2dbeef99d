/** Asks the running reader over its control socket: one connection, one line of JSON asked, one answered. */
import { createConnection } from 'node:net';
import { type Clock, deadline } from './clock.ts';

export type ControlQuestion = {
  /** The socket. */
  readonly path: string;
  readonly ask: 'state' | 'rest' | 'resume' | 'self-test';
  /** From the question to the end of the answer. */
  readonly boundMs: number;
  readonly clock: Clock;
};

export type ControlAnswer =
  /** JSON, not looked at yet. */
  | { readonly at: 'answered'; readonly value: unknown }
  /** `gone`: nobody listens at all. `silent`: somebody does, but gives no answer, or none that is JSON. */
  | { readonly at: 'gone' | 'silent'; readonly reason: string };

/** The longest, of a self-test, has some 3,000 characters. */
const LONGEST_ANSWER = 64 * 1024;

/** Never rejects. `silent` also when `signal` aborts; the caller looks at the signal. */
export function askControl({ path, ask, boundMs, clock }: ControlQuestion, signal: AbortSignal): Promise<ControlAnswer> {
  return new Promise((resolve) => {
    const bound = deadline(clock, boundMs, signal);
    const socket = createConnection(path, () => socket.write(`${JSON.stringify({ ask })}\n`));
    const finish = (answer: ControlAnswer) => {
      bound.done();
      bound.signal.removeEventListener('abort', late);
      socket.destroy();
      resolve(answer);
    };
    const silent = (reason: string) => finish({ at: 'silent', reason: `${path}: ${reason}` });
    const late = () => silent(bound.expired() ? 'no answer in time' : 'the question was taken back');
    bound.signal.addEventListener('abort', late, { once: true });
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
      const end = text.indexOf('\n');
      if (end >= 0) finish(parsed(path, text.slice(0, end)));
      else if (text.length > LONGEST_ANSWER) silent('the answer is too long');
    });
    socket.on('end', () => silent('closed without an answer'));
    socket.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      const nobody = code === 'ENOENT' || code === 'ECONNREFUSED';
      finish({ at: nobody ? 'gone' : 'silent', reason: `${path}: ${code ?? message}` });
    });
    if (bound.signal.aborted) late();
  });
}

function parsed(path: string, line: string): ControlAnswer {
  try {
    return { at: 'answered', value: JSON.parse(line) };
  } catch {
    return { at: 'silent', reason: `${path}: it answers ${line.slice(0, 200)}` };
  }
}
