/**
 * A stand-in of the eligibility gateway for the bench: a real HTTPS server with mutual TLS that verifies what it is
 * sent and answers from a database of invented people. It says of itself that it is simulated.
 */
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../clock.ts';
import type { HttpRequest } from '../../eligibility/http-request.ts';
import type { Persona } from '../personas.ts';
import { type GatewayControls, type Latency, normalControls } from './controls.ts';
import { createEnrolmentServer } from './enrolment-server.ts';
import { createEnrolments, type Enrolments } from './enrolments.ts';
import { openGatewayDatabase } from './gateway-database.ts';
import { createGatewayServer, type LoggedRequest } from './gateway-server.ts';
import { injectedRequest } from './injected-request.ts';
import type { CaseName } from './insurance-cases.ts';
import type { InformationLogEntry } from './medical-information.ts';
import { createOnce } from './once.ts';
import { type Channel, createPeople, type InsuredPerson } from './people.ts';
import { createPrescriptions } from './prescriptions.ts';
import { createReceptions, type GatewayReception } from './receptions.ts';
import { createRevocationService, type RevocationSource } from './revocation.ts';
import { createServices } from './services.ts';
import type { Terminal } from './terminal-authentication.ts';
import { createThinking } from './thinking.ts';
import { serialNumberOf } from './verify-holder.ts';

/** What the gateway needs of the bench's keys; bench/pki gives it. */
export type GatewayPki = RevocationSource & {
  readonly authCa: { readonly certificateDer: Uint8Array };
  readonly terminal: Terminal;
  /** PEM */
  readonly tls: {
    readonly ca: string;
    readonly keyPem: string;
    crl(): string;
    readonly server: { readonly cert: string; readonly key: string };
  };
};

export type BenchGatewayOptions = {
  readonly pki: GatewayPki;
  readonly people: readonly Persona[];
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  /** By whose calendar certificates are judged. */
  readonly now: () => Date;
  readonly latency?: Latency;
  /** Of a database that is kept; absent: it lives as long as the gateway. */
  readonly databasePath?: string;
};

/** A person's card, by its user-authentication certificate (DER). */
type IssuedCard = {
  readonly personaId: string;
  readonly certificateDer: Uint8Array;
  /** What it is issued as; absent: as the persona's story has it. */
  readonly as?: Persona;
  /** Whether a portrait is printed on it; absent: where the persona has a face. */
  readonly portrait?: boolean;
};

export type BenchGateway = {
  readonly app: FastifyInstance;
  readonly controls: GatewayControls;
  /** The newest thousand. */
  readonly requests: readonly LoggedRequest[];
  receptions(): readonly GatewayReception[];
  people(): readonly InsuredPerson[];
  /** Every query for medical information, answered or not. */
  informationLog(): readonly InformationLogEntry[];
  /** Issues a card and leaves 利用登録 as it is. @param renewed in place of another: first to be linked to its holder; absent:
   *  as the persona's story has it */
  issueCard(card: IssuedCard, renewed?: boolean): void;
  /** 利用登録 through a channel, seen at the next card; undefined takes it back. */
  register(personaId: string, channel: Channel | undefined): void;
  insureAs(personaId: string, insuranceCase: CaseName): void;
  /** One more insured person, or a changed one. */
  addPerson(persona: Persona): void;
  /** Who may be enrolled as a reader, by a token that counts once. */
  readonly enrolments: Pick<Enrolments, 'admit'>;
  /** On 127.0.0.1 only; port 0 takes a free one. OCSP and revocation list are served beside it from then on. */
  listen(port?: number): Promise<{ readonly origin: string }>;
  /** Gives new readers their certificates, as `listen` does. */
  listenForEnrolments(port?: number): Promise<{ readonly origin: string }>;
  /** The same gateway without sockets and TLS, as this reader: for tests on simulated time. */
  requestAs(readerId: string): HttpRequest;
  close(): Promise<void>;
};

const REQUESTS_KEPT = 1_000;

export function createBenchGateway(options: BenchGatewayOptions): BenchGateway {
  const { pki, clock, random, now } = options;
  const controls = normalControls(options.latency);
  const database = openGatewayDatabase(options.databasePath);
  const people = createPeople(database, options.people, now);
  const receptions = createReceptions(database);
  const closing = new AbortController();
  const issuerDer = pki.authCa.certificateDer;
  const revocation = createRevocationService({ issuerDer, source: pki, controls, random, clock });
  const { services, informationLog, maintenance } = createServices({
    ...{ issuerDer, revocationOf: revocation.check, terminal: pki.terminal },
    ...{ database, people, receptions, controls, random, now },
    prescriptions: createPrescriptions(database, now()),
    thinking: createThinking(controls, clock, random, closing.signal),
  });
  const requests: LoggedRequest[] = [];
  const enrolments = createEnrolments({ database, ca: pki.tls, random, now });
  const tls = { ca: pki.tls.ca, crl: pki.tls.crl(), ...pki.tls.server };
  const enrolling = createEnrolmentServer({ enrolments, tls });

  const app = createGatewayServer({
    services,
    once: createOnce(database),
    controls,
    underMaintenance: () => maintenance().some(({ part }) => part === 'gateway'),
    tls,
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
    receptions: receptions.all,
    people: people.all,
    informationLog,
    issueCard({ personaId, certificateDer, as = people.persona(personaId), portrait }, renewed = as.renewed) {
      people.issueCard(as, { serialNumber: serialNumberOf(certificateDer), linked: !renewed, portrait });
    },
    register: (personaId, channel) => people.register(personaId, channel, now()),
    insureAs: people.insureAs,
    addPerson: people.add,
    async listen(port = 0) {
      await revocation.listen();
      return { origin: await app.listen({ host: '127.0.0.1', port }) };
    },
    enrolments,
    listenForEnrolments: async (port = 0) => ({ origin: await enrolling.listen({ host: '127.0.0.1', port }) }),
    requestAs: (readerId) => injectedRequest(app, controls, readerId),
    async close() {
      closing.abort();
      await app.close();
      await enrolling.close();
      await revocation.close();
      database.close();
    },
  };
}
