import type { FastifyInstance } from 'fastify';
import { AnswerTooLarge, type HttpRequest } from '../../eligibility/http-request.ts';
import { unlessAborted } from '../../eligibility/unless-aborted.ts';
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
    return {
      status: answer.statusCode,
      contentType: String(answer.headers['content-type'] ?? ''),
      traceparent: String(answer.headers['traceparent'] ?? ''),
      body: answer.rawPayload,
    };
  };
}

function connectionError(code: 'ECONNREFUSED' | 'ECONNRESET'): Error {
  return Object.assign(new Error(code), { code });
}
