import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Place } from './passkeys.ts';
import type { Refusal, RefusalReason } from './protocol.ts';

const statusOf: Record<RefusalReason, number> = {
  'signed-out': 401,
  role: 403,
  passkey: 403,
  code: 403,
  'wrong-password': 403,
  locked: 403,
  'no-password': 403,
  over: 409,
  gone: 404,
  'last-administrator': 409,
  host: 421,
  origin: 403,
  malformed: 400,
  'too-many': 429,
  'not-kept': 503,
  defect: 500,
};

export function refuse(reply: FastifyReply, reason: RefusalReason, more: Omit<Refusal, 'reason'> = {}) {
  return reply.code(statusOf[reason]).send({ reason, ...more } satisfies Refusal);
}

/**
 * Lets in nobody who came by another name or from another page:
 *
 *   Host is not one of ours      421   DNS rebinding
 *   Origin is not that host      403   a POST must have one (with SameSite=Strict: no request is forged)
 */
export function addDeskGate(app: FastifyInstance, hosts: () => readonly string[]): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!hosts().includes(request.headers.host ?? '')) return refuse(reply, 'host');
    const { origin } = request.headers;
    const reads = request.method === 'GET' || request.method === 'HEAD';
    if (origin === undefined ? !reads : origin !== placeOf(request).origin) return refuse(reply, 'origin');
  });
}

/** Where the page of this request was opened; to be asked behind the gate. */
export function placeOf({ headers, hostname }: FastifyRequest): Place {
  return { origin: `https://${headers.host}`, hostName: hostname };
}

/** Every failure in one form; what is ours to mend goes to `onDefect`. */
export function addRefusals(app: FastifyInstance, onDefect: (error: unknown) => void): void {
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'gone'));
  app.setErrorHandler((error, _request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    if (status === 429) return refuse(reply, 'too-many');
    if (status < 500) return reply.code(status).send({ reason: 'malformed' } satisfies Refusal);
    onDefect(error);
    return refuse(reply, 'defect');
  });
}
