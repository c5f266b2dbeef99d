import type { FastifyInstance } from 'fastify';
import { AnswerTooLarge, type HttpRequest } from '../../eligibility/http-request.ts';
import type { GatewayControls } from './controls.ts';

/** Names the reader where there is no certificate; the gateway listens with mutual TLS only, so nobody else can use it. */
export const DEVICE_HEADER = 'x-bench-reader';
/** Says that the answer is to be taken for lost. */
export const LOST_HEADER = 'x-bench-lost';

/** Exchanges with the gateway in this process, without sockets; what a socket would do wrong is done here. */
export function injectedRequest(app: FastifyInstance, controls: GatewayControls, readerId: string): HttpRequest {
  return async ({ method, path, headers, body, maxAnswerBytes, signal }) => {
    if (controls.mode === 'down') throw connectionError('ECONNREFUSED');
    const exchange = app.inject({
      method,
      url: path,
      headers: { ...headers, [DEVICE_HEADER]: readerId },
      ...(body === undefined ? {} : { payload: body }),
    });
    const answer = await unlessAborted(exchange, signal);
    if (answer.headers[LOST_HEADER] !== undefined) throw connectionError('ECONNRESET');
    if (answer.rawPayload.length > maxAnswerBytes) throw new AnswerTooLarge(`more than ${maxAnswerBytes} bytes`);
    return { status: answer.statusCode, contentType: String(answer.headers['content-type'] ?? ''), body: answer.rawPayload };
  };
}

function connectionError(code: 'ECONNREFUSED' | 'ECONNRESET'): Error {
  return Object.assign(new Error(code), { code });
}

/** The value of `work`, or a rejection with the signal's reason as soon as it aborts. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
