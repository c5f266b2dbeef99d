import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import files from '@fastify/static';
import fastify from 'fastify';
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import type { DeskEvent } from '../reception/desk-event.ts';
import { deskCertificate } from './certificate.ts';
import { addCertificateRoutes } from './certificate-routes.ts';
import { addDeskGate, addRefusals } from './desk-gate.ts';
import type { DeskSource } from './desk-source.ts';
import { addEvidenceRoute } from './evidence-route.ts';
import type { FacilityPassword } from './facility-password.ts';
import { createInvitations } from './invitations.ts';
import { addNewsRoute } from './news.ts';
import { addPageHeaders } from './page-headers.ts';
import { createPasskeys } from './passkeys.ts';
import { openPeople } from './people.ts';
import { addPeopleRoutes } from './people-routes.ts';
import { createSetupCode } from './setup-code.ts';
import { addSignInRoutes } from './sign-in-routes.ts';
import { createSignIns } from './sign-ins.ts';
import { addWorkRoutes } from './work-routes.ts';

/** A passkey's answer is about 2 kB; nothing larger is asked of a page. */
const MAX_BODY_BYTES = 16 * 1024;
/** From one address; a busy page asks for less than one thing a second. */
const MOST_REQUESTS_A_MINUTE = 300;
const DAY_MS = 86_400_000;

export type DeskServerOptions = {
  readonly source: DeskSource;
  readonly password: FacilityPassword;
  /** Where people and certificate are kept. */
  readonly folder: string;
  readonly readerId: string;
  /** The address to listen on: loopback, or this machine's in the clinic's network. */
  readonly host: string;
  /** The name that staff open it by; absent: the reader's id and `.local`. */
  readonly name?: string | undefined;
  /** 0: any free port. */
  readonly port: number;
  /** Where the built page lies. */
  readonly pageDir: string;
  readonly clock: Clock;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
  readonly audit: (event: DeskEvent) => void;
  /** The technician's sheet as it is now: an HTML document. */
  readonly evidence?: (() => string) | undefined;
  readonly onDefect: (error: unknown) => void;
};

export type DeskServer = {
  /** Where the page is opened; passkeys work under names alone, not under an address. */
  readonly urls: readonly string[];
  /** See `createSetupCode`. */
  readonly setupCode: () => string | undefined;
  /** SHA-256 of the authority's certificate, to be compared where a PC comes to trust it: `AB:CD:…`. */
  readonly fingerprint: () => string;
  close(): Promise<void>;
};

/** Serves the staff console over HTTPS. Faults: SYS-902 (a damaged file), REC-701 (the folder cannot be written). */
export async function createDeskServer(options: DeskServerOptions): Promise<Result<DeskServer>> {
  const { source, password, folder, readerId, host, clock, random, audit } = options;
  const { name = `${readerId.toLowerCase()}.local` } = options;
  const people = openPeople(join(folder, 'desk-people.json'), random);
  if (!people.ok) return people;
  const names = [name, 'localhost', host] as const;
  const certificate = await deskCertificate({ folder, names, clock, random });
  if (!certificate.ok) return certificate;
  let { authority } = certificate.value;
  const signIns = createSignIns(clock, random);
  const invitations = createInvitations(clock, random);
  const passkeys = createPasskeys(clock, random);
  const desk = { readerId, source, people: people.value, invitations, passkeys, password, signIns, clock, audit };

  const { key, cert } = certificate.value;
  const https = { key, cert, minVersion: 'TLSv1.2' } as const;
  const app = fastify({ https, bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true, requestTimeout: 10_000 });
  // Plain text is what another page's form could send; nobody here does.
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  addRefusals(app, options.onDefect);
  await addPageHeaders(app);
  addDeskGate(app, () => hosts);
  await app.register(rateLimit, { max: MOST_REQUESTS_A_MINUTE, timeWindow: 60_000 });
  await app.register(cookie);
  addSignInRoutes(app, desk);
  addPeopleRoutes(app, desk);
  addWorkRoutes(app, desk);
  addNewsRoute(app, desk);
  if (options.evidence) addEvidenceRoute(app, desk, options.evidence);
  addCertificateRoutes(app, () => authority);
  await app.register(files, { root: options.pageDir, cacheControl: false });
  let hosts: readonly string[] = [];
  await app.listen({ host, port: options.port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the desk does not listen');
  hosts = names.map((name) => `${name.includes(':') ? `[${name}]` : name}:${address.port}`);

  let cancelRenewal = () => {};
  async function renewDaily(): Promise<void> {
    const renewed = await deskCertificate({ folder, names, clock, random });
    if (renewed.ok) {
      const { key, cert } = renewed.value;
      app.server.setSecureContext({ key, cert, minVersion: 'TLSv1.2' });
      authority = renewed.value.authority;
    }
    cancelRenewal = clock.after(DAY_MS, () => void renewDaily());
  }
  cancelRenewal = clock.after(DAY_MS, () => void renewDaily());

  return ok({
    urls: [...new Set(hosts)].map((each) => `https://${each}`),
    setupCode: createSetupCode(people.value, invitations),
    fingerprint: () => new X509Certificate(authority).fingerprint256,
    async close() {
      cancelRenewal();
      signIns.closeAll();
      await app.close();
    },
  });
}
