/** What the tests of the gateway stand on: keys, cards and a gateway, made once for a file. */
import { randomBytes } from 'node:crypto';
import { issueCard } from '../../../src/bench/card/issue-card.ts';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { type BenchGateway, createBenchGateway } from '../../../src/bench/gateway/bench-gateway.ts';
import { type Persona, personaById, personas } from '../../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../../src/bench/pki/bench-pki.ts';
import type { Clock } from '../../../src/clock.ts';
import { createGatewayClient, type GatewayClient, type GatewayOptions } from '../../../src/eligibility/gateway-client.ts';
import type { Result } from '../../../src/faults/result.ts';
import type { FaceDecision, GatewaySession, HolderProof, Standing, VisualCheck } from '../../../src/reception/ports.ts';
import type { ConsentItem } from '../../../src/reception/qualification.ts';
import type { Given } from '../../../src/reception/questions.ts';

export const never = new AbortController().signal;
export const decision: FaceDecision = {
  matched: true,
  score: 0.71,
  threshold: 0.4,
  frames: 5,
  liveness: 'head-turned',
  model: 'test-model',
};

/** All medical information was asked for, and that much agreed to. */
export function agreedTo(...consents: readonly ConsentItem[]): Given {
  return { asked: ['medicines', 'checkups', 'treatment', 'surgery'], consents };
}

export type GatewayBench = {
  readonly pki: BenchPki;
  readonly gateway: BenchGateway;
  /** The persona's card, powered on; issued once, since keys take time. */
  issue(personaId: string, registered?: boolean): Promise<VirtualCard>;
};

export async function openGatewayBench(clock: Clock, now: () => Date = () => new Date()): Promise<GatewayBench> {
  const pki = await createBenchPki({ now: now() });
  const gateway = createBenchGateway({ pki, people: personas, clock, random: randomBytes, now });
  const issued = new Map<string, Promise<VirtualCard>>();

  async function issue(personaId: string): Promise<VirtualCard> {
    const card = await issueCard(persona(personaId), pki, { portraitJp2: new Uint8Array(), now: now() });
    if (card.holder) gateway.issueCard(card.holder);
    return card;
  }

  return {
    pki,
    gateway,
    async issue(personaId, registered = true) {
      const card = issued.get(personaId) ?? issue(personaId);
      issued.set(personaId, card);
      await card;
      gateway.register(personaId, registered ? 'window' : undefined);
      (await card).powerOff();
      (await card).powerOn();
      return card;
    },
  };
}

/** A reader's client whose requests are put into the gateway, with no line between. */
export function clientWithoutLine(
  options: Omit<GatewayOptions, 'origin' | 'tls'> & Required<Pick<GatewayOptions, 'request'>>,
): GatewayClient {
  return createGatewayClient({ origin: 'https://gateway.invalid', tls: { ca: '', cert: '', key: '' }, ...options });
}

function persona(id: string): Persona {
  const found = personaById(id);
  if (!found) throw new Error(`no persona ${id}`);
  return found;
}

/** Passes the gateway's commands to the card until identity is proved; returns the rounds it took. */
export async function proveByFace(
  session: GatewaySession,
  card: VirtualCard,
  evidence: FaceDecision | VisualCheck = decision,
): Promise<Result<{ readonly rounds: number; readonly standing: Standing }>> {
  let answers: Uint8Array[] = [];
  for (let rounds = 1; ; rounds++) {
    const step = await session.relay(evidence, answers, never);
    if (!step.ok) return step;
    if (step.value.at === 'proved') return { ok: true, value: { rounds, standing: step.value.standing } };
    answers = relayTo(card, step.value.commands);
  }
}

/** As the card port does: in order, stopping after one that is not answered 9000. */
export function relayTo(card: VirtualCard, commands: readonly Uint8Array[]): Uint8Array[] {
  const answers: Uint8Array[] = [];
  for (const command of commands) {
    const answer = card.answer(command);
    answers.push(answer);
    if (answer.at(-2) !== 0x90) break;
  }
  return answers;
}

const VERIFY_1234 = ['00a4020c020018', '002000800431323334'];

/** PIN 1234, then the certificate and a signature over `challenge`, as the card gives them. */
export const proofByPin = (card: VirtualCard, challenge: Uint8Array) => proofAfter(VERIFY_1234, card, challenge);

/** The same from a phone that has asked its owner itself. */
export const proofByPhone = (phone: VirtualCard, challenge: Uint8Array) => proofAfter([], phone, challenge);

async function proofAfter(verify: readonly string[], card: VirtualCard, challenge: Uint8Array): Promise<HolderProof> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(challenge)));
  const info = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), digest]);
  for (const setup of ['00a4040c0ad392f000260100000001', ...verify, '00a4020c020017'])
    expectOk(card.answer(Buffer.from(setup, 'hex')), setup);
  const signature = card.answer(Buffer.concat([Buffer.from('802a008033', 'hex'), info, Uint8Array.of(0)]));
  expectOk(signature, 'sign');
  if (!card.holder) throw new Error('not a My Number card');
  return { certificate: card.holder.certificateDer, signature: signature.subarray(0, -2) };
}

function expectOk(answer: Uint8Array, what: string): void {
  if (answer.at(-2) !== 0x90) throw new Error(`${what}: ${Buffer.from(answer).toString('hex')}`);
}
