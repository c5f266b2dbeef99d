/**
 * A stand-in of the eligibility gateway for the bench: a real HTTPS server with mutual TLS that verifies what it is
 * sent and answers from a database of invented people. It says of itself that it is simulated.
 */
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { HttpRequest } from '../../eligibility/http-request.ts';
import type { Persona } from '../personas.ts';
import { type GatewayControls, type Latency, normalControls } from './controls.ts';
import { createGatewayServer, type LoggedRequest } from './gateway-server.ts';
import { injectedRequest } from './injected-request.ts';
import { createPeople } from './people.ts';
import { createReceptions, type GatewayReception } from './receptions.ts';
import { createServices } from './services.ts';
import type { Terminal } from './terminal-authentication.ts';
import { serialNumberOf } from './verify-holder.ts';

/** What the gateway needs of the bench's keys; bench/pki gives it. */
type GatewayPki = {
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

export function createBenchGateway(options: BenchGatewayOptions): BenchGateway {
  const { pki, clock } = options;
  const controls = normalControls(options.latency);
  const people = createPeople(options.people);
  const receptions = createReceptions();
  const authority = { certificateDer: pki.authCa.certificateDer, crl: () => pki.crl() };
  const services = createServices({ ...options, authority, terminal: pki.terminal, people, receptions, controls });
  const requests: LoggedRequest[] = [];
  const closing = new AbortController();

  const app = createGatewayServer({
    services,
    controls,
    tls: { ca: pki.tls.ca, ...pki.tls.server },
    clock,
    log(request) {
      requests.push(request);
      if (requests.length > REQUESTS_KEPT) requests.shift();
    },
    closing: closing.signal,
  });

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
      closing.abort();
      await app.close();
      people.close();
      receptions.close();
    },
  };
}
