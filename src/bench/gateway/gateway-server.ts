/**
 * HTTP around the services: who asks, how long it takes, what is sent back, and what goes wrong when the bench
 * wants it to. Requests are checked against the document before a service sees them, answers before they leave.
 */
import type { TLSSocket } from 'node:tls';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock, pause } from '../../clock.ts';
import {
  answerFault,
  type Operation,
  type OperationId,
  operations,
  requestFault,
  root,
  valueFault,
} from '../../eligibility/protocol.ts';
import { refuse } from './answers.ts';
import { type GatewayControls, spoiled } from './controls.ts';
import { DEVICE_HEADER, LOST_HEADER } from './injected-request.ts';
import type { Answer, createOnce } from './once.ts';
import type { Service } from './service-room.ts';

/** One request as it was answered; nothing of its content. */
export type LoggedRequest = {
  readonly operation: string;
  readonly device: string;
  readonly receptionId: string;
  readonly key: string;
  readonly traceparent: string;
  readonly status: number;
};

export type GatewayServerOptions = {
  readonly services: Readonly<Record<OperationId, Service>>;
  readonly once: ReturnType<typeof createOnce>;
  readonly controls: GatewayControls;
  /** Whether the whole gateway is under maintenance. */
  readonly underMaintenance: () => boolean;
  /** PEM; clients must have a certificate of `ca` that is not in its `crl`. */
  readonly tls: { readonly ca: string; readonly crl: string; readonly cert: string; readonly key: string };
  readonly clock: Clock;
  readonly log: (request: LoggedRequest) => void;
  /** Ends every wait. */
  readonly closing: AbortSignal;
};

const BODY_LIMIT = 65_536;

export function createGatewayServer(options: GatewayServerOptions): FastifyInstance {
  const { services, once, controls, underMaintenance, tls, clock, log, closing } = options;
  const app = Fastify({
    https: { ...tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: true },
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  app.server.on('connection', (socket) => {
    if (controls.mode === 'down') socket.destroy();
  });
  app.addHook('onRequest', async (request, reply) => {
    const traceparent = traceparentOf(request);
    if (traceparent !== '') reply.header('traceparent', traceparent);
  });
  app.setNotFoundHandler((_request, reply) => send(reply, refuse(404, 'request-invalid')));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    return send(reply, status < 500 ? refuse(status, 'request-invalid') : refuse(500, 'unavailable'));
  });
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: root + operation.path.replace(/\{(\w+)\}/, ':$1'),
      handler: (request, reply) => handle(operation, request, reply),
    });
  }
  return app;

  async function handle(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const workMs = controls.slowMs + (operation.id === 'eligibility' ? 0 : controls.otherMs);
    if (workMs > 0) await pause(clock, workMs, closing);
    if (controls.mode === 'down' || closing.aborted) return drop(request, reply);
    const answer = await answerTo(operation, request);
    const fault = answerFault(operation.id, answer.status, answer.body);
    if (fault) throw new Error(`the bench gateway broke its own protocol: ${fault}`);
    if (controls.loseAnswers > 0) {
      controls.loseAnswers--;
      return drop(request, reply);
    }
    return send(reply, controls.mode === 'error-500' ? refuse(500, 'unavailable') : answer);
  }

  async function answerTo(operation: Operation, request: FastifyRequest): Promise<Answer> {
    const device = deviceOf(request);
    const receptionId = receptionIdOf(request);
    const key = String(request.headers['idempotency-key'] ?? '');
    const serve = async () => services[operation.id]({ device, receptionId, readerId: readerIdOf(request), body: request.body });
    const answer =
      refusalOf(operation, request, device, receptionId, key) ??
      (await (operation.changes ? once(`${device} ${key}`, `${request.url} ${JSON.stringify(request.body)}`, serve) : serve())) ??
      refuse(422, 'idempotency-conflict', receptionId);
    log({ operation: operation.id, device, receptionId, key, traceparent: traceparentOf(request), status: answer.status });
    return answer;
  }

  function refusalOf(
    operation: Operation,
    request: FastifyRequest,
    device: string,
    receptionId: string,
    key: string,
  ): Answer | undefined {
    if (device === '' || controls.refusedReaders.has(device)) return refuse(403, 'device-refused');
    if (operation.id !== 'health' && underMaintenance()) return refuse(503, 'unavailable', undefined, 'maintenance');
    const wrong =
      valueFault('Traceparent', traceparentOf(request)) ??
      (operation.path.includes('{receptionId}') ? valueFault('ReceptionId', receptionId) : undefined) ??
      (operation.path.includes('{readerId}') ? valueFault('ReaderId', readerIdOf(request)) : undefined) ??
      (operation.changes ? valueFault('IdempotencyKey', key) : undefined) ??
      requestFault(operation.id, request.body);
    return wrong === undefined ? undefined : refuse(400, 'request-invalid', undefined, wrong);
  }

  function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
    const type = controls.mode === 'not-json' ? 'text/html' : 'application/json';
    return reply
      .code(status)
      .type(type)
      .send(spoiled(controls.mode, body) ?? JSON.stringify(body));
  }
}

/** The common name of the client's certificate. Only a request that came over no socket at all may name its reader itself. */
function deviceOf(request: FastifyRequest): string {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (!socket.encrypted) return String(request.headers[DEVICE_HEADER] ?? '');
  return String(socket.getPeerCertificate?.().subject?.CN ?? '');
}

function receptionIdOf(request: FastifyRequest): string {
  const inPath = (request.params as { receptionId?: string }).receptionId;
  const inBody = (request.body as { receptionId?: unknown } | null)?.receptionId;
  return String(inPath ?? inBody ?? '');
}

function readerIdOf(request: FastifyRequest): string {
  return String((request.params as { readerId?: string }).readerId ?? '');
}

function traceparentOf(request: FastifyRequest): string {
  return String(request.headers['traceparent'] ?? '');
}

/** Ends the connection without an answer. */
function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (!socket.encrypted) return reply.header(LOST_HEADER, '1').send();
  reply.hijack();
  socket.destroy?.();
  return reply;
}
