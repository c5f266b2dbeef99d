/**
 * A stand-in of the eligibility gateway for the bench: a real HTTPS server with mutual TLS that verifies what it is
 * sent and answers from a database of invented people. It says of itself that it is simulated.
 */
import type { TLSSocket } from 'node:tls';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Clock, pause } from '../../clock.ts';
import type { HttpRequest } from '../../eligibility/http-request.ts';
import { answerFault, type Operation, operations, requestFault, root, valueFault } from '../../eligibility/protocol.ts';
import type { Persona } from '../personas.ts';
import { type GatewayControls, type Latency, normalControls, spoiled } from './controls.ts';
import { DEVICE_HEADER, injectedRequest, LOST_HEADER } from './injected-request.ts';
import { type Answer, createOnce } from './once.ts';
import { createPeople } from './people.ts';
import { createReceptions, type GatewayReception } from './receptions.ts';
import { createServices, refuse } from './services.ts';
import type { Terminal } from './terminal-authentication.ts';
import { serialNumberOf } from './verify-holder.ts';

/** What the gateway needs of the bench's keys; bench/pki gives it. */
export type GatewayPki = {
  readonly authCa: { readonly certificateDer: Uint8Array };
  crl(): Uint8Array;
  readonly terminal: Terminal;
  /** PEM */
  readonly tls: { readonly ca: string; readonly server: { readonly cert: string; readonly key: string } };
};

export type BenchGatewayOptions = {
  readonly pki: GatewayPki;
  readonly people: readonly Persona[];
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  /** By whose calendar certificates are judged. */
  readonly now: () => Date;
  readonly latency?: Latency;
};

/** One request as it was answered; nothing of its content. */
export type LoggedRequest = {
  readonly operation: string;
  readonly device: string;
  readonly receptionId: string;
  readonly key: string;
  readonly status: number;
};

export type BenchGateway = {
  readonly app: FastifyInstance;
  readonly controls: GatewayControls;
  /** The newest thousand. */
  readonly requests: readonly LoggedRequest[];
  receptions(): readonly GatewayReception[];
  /** Registers a card for use as an insurance card, by its user-authentication certificate (DER). */
  registerCard(card: { readonly personaId: string; readonly certificateDer: Uint8Array }): void;
  /** One more insured person, or a changed one. */
  addPerson(persona: Persona): void;
  /** On 127.0.0.1 only; port 0 takes a free one. */
  listen(port?: number): Promise<{ readonly origin: string }>;
  /** The same gateway without sockets and TLS, as this reader: for tests on simulated time. */
  requestAs(readerId: string): HttpRequest;
  close(): Promise<void>;
};

const REQUESTS_KEPT = 1_000;
const BODY_LIMIT = 65_536;

export function createBenchGateway(options: BenchGatewayOptions): BenchGateway {
  const { pki, clock } = options;
  const controls = normalControls(options.latency);
  const people = createPeople(options.people);
  const receptions = createReceptions();
  const authority = { certificateDer: pki.authCa.certificateDer, crl: () => pki.crl() };
  const services = createServices({ ...options, authority, terminal: pki.terminal, people, receptions, controls });
  const once = createOnce();
  const requests: LoggedRequest[] = [];

  const app = Fastify({
    https: {
      ca: pki.tls.ca,
      ...pki.tls.server,
      minVersion: 'TLSv1.3',
      requestCert: true,
      rejectUnauthorized: true,
    },
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  app.server.on('connection', (socket) => {
    if (controls.mode === 'down') socket.destroy();
  });
  app.setNotFoundHandler((_request, reply) => send(reply, refuse(404, 'request-invalid')));
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    send(reply, status < 500 ? refuse(status, 'request-invalid') : refuse(500, 'unavailable'));
  });
  for (const operation of operations) {
    app.route({
      method: operation.method,
      url: root + operation.path.replace('{receptionId}', ':receptionId'),
      handler: (request, reply) => handle(operation, request, reply),
    });
  }

  async function handle(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (controls.mode === 'down') return drop(request, reply);
    await pause(clock, controls.slowMs + (operation.id === 'eligibility' ? controls.eligibilityMs : controls.otherMs));
    const answer = await answerTo(operation, request);
    const fault = answerFault(operation.id, answer.status, answer.body);
    if (fault) throw new Error(`the bench gateway broke its own protocol: ${fault}`);
    if (controls.loseAnswers > 0) {
      controls.loseAnswers--;
      return drop(request, reply);
    }
    if (controls.mode === 'error-500') return send(reply, refuse(500, 'unavailable'));
    return send(reply, answer);
  }

  async function answerTo(operation: Operation, request: FastifyRequest): Promise<Answer> {
    const device = deviceOf(request);
    const receptionId = receptionIdOf(request);
    const key = String(request.headers['idempotency-key'] ?? '');
    const asked = { device, receptionId, body: request.body };
    const work = async () => services[operation.id](asked);
    const answer = await (refusalOf() ??
      (operation.changes ? once(`${device} ${key}`, `${request.url} ${JSON.stringify(request.body)}`, work) : work()) ??
      refuse(422, 'idempotency-conflict', receptionId));
    requests.push({ operation: operation.id, device, receptionId, key, status: answer.status });
    if (requests.length > REQUESTS_KEPT) requests.shift();
    return answer;

    function refusalOf(): Answer | undefined {
      if (device === '' || controls.refusedReaders.has(device)) return refuse(403, 'device-refused');
      const wrong =
        (operation.path.includes('{receptionId}') ? valueFault('ReceptionId', receptionId) : undefined) ??
        (operation.changes ? valueFault('IdempotencyKey', key) : undefined) ??
        requestFault(operation.id, request.body);
      return wrong === undefined ? undefined : refuse(400, 'request-invalid', undefined, wrong);
    }
  }

  function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
    const text = spoiled(controls.mode, body);
    const type = controls.mode === 'not-json' ? 'text/html' : 'application/json';
    return reply
      .code(status)
      .type(type)
      .send(text ?? JSON.stringify(body));
  }

  return {
    app,
    controls,
    requests,
    receptions: () => receptions.all(),
    registerCard: ({ personaId, certificateDer }) => people.register(serialNumberOf(certificateDer), personaId),
    addPerson: people.add,
    async listen(port = 0) {
      return { origin: await app.listen({ host: '127.0.0.1', port }) };
    },
    requestAs: (readerId) => injectedRequest(app, controls, readerId),
    async close() {
      await app.close();
      people.close();
      receptions.close();
    },
  };
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

/** Ends the connection without an answer. */
function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (!socket.encrypted) return reply.header(LOST_HEADER, '1').send();
  reply.hijack();
  socket.destroy?.();
  return reply;
}
