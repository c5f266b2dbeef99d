/**
 * A reader's gateway client, the way to its gateway, and the gateway:
 *
 *   client ── TcpGate ── HttpMiddle ── bench gateway
 *
 * What the reader has to show of each reception stands in its own rows, what the gateway recorded in the gateway's.
 */
import { randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { birthOn } from '../../src/bench/persona.ts';
import { personas } from '../../src/bench/personas.ts';
import { createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { makeRsaKey } from '../../src/bench/pki/keys.ts';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient } from '../../src/eligibility/gateway-client.ts';
import { type HttpRequest, httpsRequest } from '../../src/eligibility/http-request.ts';
import type { HolderProof } from '../../src/reception/ports.ts';
import type { EligibilityAnswer } from '../../src/reception/qualification.ts';
import { openRecords } from '../../src/records/records.ts';
import { HttpMiddle } from './http-middle.ts';
import { TcpGate } from './tcp-gate.ts';

/** Short, so that thousands of faults can be waited for; the ratios are the product's. */
export const limits = { openMs: 600, evidenceMs: 800, changeMs: 600, answerMs: 800, eligibilityMs: 2_000 };

const DAY_MS = 86_400_000;
const READER = 'KZTEST01';
/** Whose receptions alternate: an answer of the one before is somebody else's. */
const patients = ['adult', 'rare-name', 'foreign-holder'] as const;

export type Patient = { prove(challenge: Uint8Array): HolderProof; isOf(answer: EligibilityAnswer): boolean };
export type NetworkBench = Awaited<ReturnType<typeof openNetworkBench>>;

export async function openNetworkBench() {
  const now = new Date();
  const [pki, stranger] = await Promise.all([createBenchPki({ now }), createBenchPki({ now })]);
  const reader = await pki.tls.issueDevice(READER);
  const [expired, revoked] = await Promise.all([
    pki.tls.issueServer({ notBefore: new Date(now.getTime() - 20 * DAY_MS), notAfter: new Date(now.getTime() - DAY_MS) }),
    pki.tls.issueServer(),
  ]);
  await pki.tls.revoke(revoked.cert);
  const gateway = createBenchGateway({ pki, people: personas, clock: systemClock, random: randomBytes, now: () => new Date() });
  const { origin } = await gateway.listen();
  const bad = { 'expired-certificate': expired, 'other-authority': stranger.tls.server, 'revoked-certificate': revoked };
  const middle = await HttpMiddle.open({ pki, targetPort: Number(new URL(origin).port), reader, bad });
  const gate = await TcpGate.open(middle.port);
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-network-'));
  const records = openRecords({ path: join(folder, 'records.sqlite'), clock: systemClock, version: 'test' });
  if (!records.ok) throw new Error(records.fault.detail);
  const tls = { ca: pki.tls.ca, crl: pki.tls.crl(), ...reader };
  const nowhere = httpsRequest('https://gateway.invalid', tls);
  const hook = { nameKnown: true, beforeRequest: (_path: string) => {} };

  return {
    gateway,
    middle,
    gate,
    records: records.value,
    /** Whether the gateway's name can be resolved, and what is called before a request leaves. */
    hook,
    patients: await Promise.all(patients.map((id) => patientOf(id))),
    newClient() {
      const somewhere = httpsRequest(gate.origin, tls);
      const request: HttpRequest = (exchange) => {
        hook.beforeRequest(exchange.path);
        return (hook.nameKnown ? somewhere : nowhere).request(exchange);
      };
      const ledger = records.value.gateway;
      const client = createGatewayClient({ origin: gate.origin, tls, clock: systemClock, ledger, limits, request });
      return { ...client, close: somewhere.close };
    },
    async close() {
      await nowhere.close();
      gate.close();
      middle.close();
      await gateway.close();
      records.value.close();
      rmSync(folder, { recursive: true });
    },
  };

  async function patientOf(id: string): Promise<Patient> {
    const persona = personas.find((one) => one.id === id);
    if (!persona) throw new Error(`no persona ${id}`);
    const key = await makeRsaKey();
    const { der: certificate } = await pki.authCa.issue(
      key,
      { ...persona, birth: birthOn(persona, now) },
      new Date(now.getTime() + 900 * DAY_MS),
    );
    gateway.issueCard({ personaId: id, certificateDer: certificate });
    return {
      prove: (challenge) => ({ certificate, signature: sign('sha256', challenge, key.privateKey) }),
      isOf: ({ qualifications }) => qualifications.every(({ Name }) => Name === persona.name),
    };
  }
}
