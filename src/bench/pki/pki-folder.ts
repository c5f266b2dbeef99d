/**
 * The keys and certificates that a gateway in a process of its own works with, as files:
 *
 *   tls-ca.pem  tls.crl.pem  server.pem  server.key.pem     who the gateway is, and whom it admits
 *   readers/ID.pem  readers/ID.key.pem                      the readers that may call it
 *   user-ca.pem  user-ca.key.pem  user.crl                  who issued the cards; the key answers OCSP
 *   terminal.cv  terminal.key.pem                           the stand-in of the institution's terminal
 *   cards/PERSONA.pem  cards/PERSONA.key.pem                what is on each persona's card
 *   pki.json                                                which card is whose, and which are revoked
 *
 * All of it is the bench's, made at run time: nothing signed with it means anything outside.
 */
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { GatewayPki } from '../gateway/bench-gateway.ts';
import { birthOn } from '../persona.ts';
import type { Persona } from '../personas.ts';
import { createBenchPki } from './bench-pki.ts';
import { makeRsaKey } from './keys.ts';
import { answerOcsp } from './ocsp-responder.ts';

const manifest = z.strictObject({
  simulated: z.literal(true),
  madeAt: z.iso.datetime(),
  readers: z.array(z.string()),
  cards: z.array(z.strictObject({ personaId: z.string(), serialNumber: z.string(), revoked: z.boolean() })),
});

type PkiWish = { readonly now: Date; readonly readers: readonly string[]; readonly personas: readonly Persona[] };

const DAY_MS = 86_400_000;

/** Makes the folder; throws when it is there already, or cannot be made. Takes some seconds for the cards' keys. */
export async function writePkiFolder(folder: string, { now, readers, personas }: PkiWish): Promise<void> {
  for (const path of [folder, join(folder, 'readers'), join(folder, 'cards')]) mkdirSync(path, { mode: 0o700 });
  const write = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content, { mode: 0o600 });
  const pki = await createBenchPki({ now });
  for (const reader of readers) {
    const { cert, key } = await pki.tls.issueDevice(reader);
    write(`readers/${reader}.pem`, cert);
    write(`readers/${reader}.key.pem`, key);
  }
  const cards: z.infer<typeof manifest>['cards'] = [];
  for (const persona of personas.filter(({ kind }) => kind === 'my-number')) {
    const { id, certificateDays, certificateRevoked: revoked } = persona;
    const key = await makeRsaKey();
    const holder = { ...persona, birth: birthOn(persona, now) };
    const { der, serialNumber } = await pki.authCa.issue(key, holder, new Date(now.getTime() + certificateDays * DAY_MS));
    if (revoked) await pki.revoke(serialNumber);
    write(`cards/${id}.pem`, new X509Certificate(der).toString());
    write(`cards/${id}.key.pem`, key.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    cards.push({ personaId: id, serialNumber, revoked });
  }
  write('tls-ca.pem', pki.tls.ca);
  write('tls-ca.key.pem', pki.tls.keyPem);
  write('tls.crl.pem', pki.tls.crl());
  write('server.pem', pki.tls.server.cert);
  write('server.key.pem', pki.tls.server.key);
  write('user-ca.pem', new X509Certificate(pki.authCa.certificateDer).toString());
  write('user-ca.key.pem', pki.authCa.keyPem);
  write('user.crl', pki.crl());
  write('terminal.cv', pki.terminal.certificate);
  write('terminal.key.pem', pki.terminal.keyPem);
  const told: z.infer<typeof manifest> = { simulated: true, madeAt: now.toISOString(), readers: [...readers], cards };
  write('pki.json', `${JSON.stringify(told, null, 2)}\n`);
}

export type PkiFolder = {
  readonly pki: GatewayPki;
  readonly readers: readonly string[];
  readonly cards: readonly { readonly personaId: string; readonly certificateDer: Uint8Array }[];
};

/** Throws when a file is missing or is not what it is called. */
export function readPkiFolder(folder: string): PkiFolder {
  const bytes = (name: string) => readFileSync(join(folder, name));
  const text = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { readers, cards } = manifest.parse(JSON.parse(text('pki.json')));
  const certificateDer = new X509Certificate(bytes('user-ca.pem')).raw;
  const [userCaKey, terminalKey] = [createPrivateKey(bytes('user-ca.key.pem')), createPrivateKey(bytes('terminal.key.pem'))];
  const status = new Map(cards.map(({ serialNumber, revoked }) => [serialNumber, revoked ? 'revoked' : 'good'] as const));
  const [list, tlsList] = [bytes('user.crl'), text('tls.crl.pem')];
  const statusOf = (serialNumber: string) => status.get(serialNumber) ?? 'unknown';
  return {
    readers,
    cards: cards.map(({ personaId }) => ({
      personaId,
      certificateDer: new X509Certificate(bytes(`cards/${personaId}.pem`)).raw,
    })),
    pki: {
      authCa: { certificateDer },
      crl: () => list,
      ocsp: (request, now) => answerOcsp(request, { certificateDer, key: userCaKey, statusOf, now }),
      terminal: { certificate: bytes('terminal.cv'), sign: (data) => sign('sha256', data, terminalKey) },
      tls: {
        ca: text('tls-ca.pem'),
        keyPem: text('tls-ca.key.pem'),
        crl: () => tlsList,
        server: { cert: text('server.pem'), key: text('server.key.pem') },
      },
    },
  };
}
