/** What stands around an emulated reader: a card at its module's line, the gateway, and a server of releases. */
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:https';
import { basename, join } from 'node:path';
import { issueCard } from '../../src/bench/card/issue-card.ts';
import { type BenchGateway, createBenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { createModulePeer } from '../../src/bench/module/create-peer.ts';
import { ptyLine } from '../../src/bench/module/line.ts';
import { type Persona, personaById, personas } from '../../src/bench/personas.ts';
import { createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import type { TlsIdentity } from '../../src/bench/pki/tls-ca.ts';
import { systemClock } from '../../src/clock.ts';
import { serveTime } from './time-server.ts';

/** The image's kazasu-virt-*.socket units lead here. */
const PORTS = { gateway: 7443, enrolment: 7444, releases: 7445 } as const;
const BAUD_RATE = 115_200;

export type Outside = {
  readonly readerId: string;
  readonly enrolmentToken: string;
  /** The authority of gateway and release server, PEM. */
  readonly caPem: string;
  /** The pseudo-terminal that the machine opens as its module's line. */
  readonly modulePort: string;
  readonly pin: string;
  readonly gateway: BenchGateway;
  placeCard(): void;
  takeCard(): void;
  /** The line to the release server breaks, and is dead for so long. */
  loseReleases(ms: number): void;
  close(): Promise<void>;
};

/** @param releases the folder of the release list and its bundles */
export async function openOutside(releases: string): Promise<Outside> {
  const clock = systemClock;
  const [readerId, enrolmentToken] = ['KZVIRT01', randomBytes(24).toString('base64url')];
  const pki = await createBenchPki({ now: clock.wall() });
  const latency = { eligibilityMs: 500 };
  const gateway = createBenchGateway({ pki, people: personas, clock, random: randomBytes, now: clock.wall, latency });
  const persona = personaById('adult') as Persona;
  const card = await issueCard(persona, pki, { portraitJp2: new Uint8Array(0), now: clock.wall() });
  if (card.holder) {
    gateway.issueCard({ personaId: persona.id, certificateDer: card.holder.certificateDer, as: persona, portrait: false });
  }
  await gateway.listen(PORTS.gateway);
  gateway.enrolments.admit(readerId, enrolmentToken);
  await gateway.listenForEnrolments(PORTS.enrolment);
  const releaseServer = await serveFolder(releases, { ca: pki.tls.ca, ...pki.tls.server });
  const time = await serveTime();
  const line = await ptyLine();
  const peer = createModulePeer('acs', { wire: line.peer, clock, baudRate: BAUD_RATE });
  return {
    ...{ readerId, enrolmentToken, caPem: pki.tls.ca, modulePort: line.path, pin: persona.pin, gateway },
    placeCard: () => peer.insert(card),
    takeCard: () => peer.remove(),
    loseReleases: releaseServer.lose,
    async close() {
      releaseServer.close();
      time.close();
      await Promise.all([gateway.close(), line.close()]);
    },
  };
}

/** A static server as any fleet may have: mutual TLS, whole files and parts of one. */
async function serveFolder(folder: string, { ca, cert, key }: TlsIdentity & { readonly ca: string }) {
  const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (request, response) => {
    const path = join(folder, basename(request.url ?? ''));
    if (!existsSync(path) || !statSync(path).isFile()) return void response.writeHead(404).end();
    const size = statSync(path).size;
    const [, start = 0, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')?.map(Number) ?? [];
    const range = end === undefined ? {} : { 'content-range': `bytes ${start}-${end}/${size}` };
    const last = end ?? size - 1;
    response.writeHead(end === undefined ? 200 : 206, { 'content-length': last - start + 1, ...range });
    createReadStream(path, { start, end: last }).pipe(response);
  });
  let lostUntil = 0;
  server.on('connection', (socket) => {
    if (systemClock.now() < lostUntil) socket.destroy();
  });
  await new Promise<void>((listening) => server.listen(PORTS.releases, '127.0.0.1', listening));
  return {
    lose(ms: number) {
      lostUntil = systemClock.now() + ms;
      server.closeAllConnections();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
