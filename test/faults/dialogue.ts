/** The two ways of a reception as far as the card goes, and what each of their calls owes. */
import { verify, X509Certificate } from 'node:crypto';
import { authenticateTerminal } from '../../src/bench/gateway/terminal-authentication.ts';
import type { FaultCode } from '../../src/faults/catalogue.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { HolderProof, PinVerdict } from '../../src/reception/ports.ts';
import { pinOf, unhurried } from '../card/bench-card.ts';
import type { BenchCards, HeldCard } from './bench-cards.ts';
import type { FaultBench } from './fault-bench.ts';

const challenge = Buffer.from('32 bytes that the gateway drew..');

/** One call of the card port. Value: undefined when all is as the card's issuer knows it, else what was wrong. */
export type Call = {
  readonly name: string;
  readonly entries: number;
  run(bench: FaultBench, card: HeldCard, cards: BenchCards): Promise<Result<string | undefined>>;
};

export const NO_PORTRAIT = 'no portrait';

const survey: Call = {
  name: 'survey',
  entries: 0,
  async run({ port, settle }, card) {
    const triesLeft = card.holder.pinTriesLeft();
    const surveyed = await settle(port.survey(unhurried));
    if (!surveyed.ok) return surveyed;
    const { pin, portrait } = surveyed.value;
    if (pin.at !== 'ready' || pin.triesLeft !== triesLeft) return ok(`PIN ${JSON.stringify(pin)}`);
    return ok(portrait ? undefined : NO_PORTRAIT);
  },
};

const readPortrait: Call = {
  name: 'readPortrait',
  entries: 1,
  async run({ port, settle }, _card, { portrait }) {
    const read = await settle(port.readPortrait(unhurried));
    if (!read.ok) return read;
    return ok(Buffer.compare(read.value.portrait, portrait) === 0 ? undefined : 'another portrait');
  },
};

const wrongPin: Call = {
  name: 'wrong PIN',
  entries: 1,
  async run({ port, settle }, card) {
    const before = card.holder.pinTriesLeft();
    const verdict = await settle(port.verifyPin(pinOf('0000'), before, unhurried));
    return expectVerdict(verdict, { at: 'wrong', triesLeft: before - 1 });
  },
};

const rightPin: Call = {
  name: 'right PIN',
  entries: 1,
  run: async ({ port, settle }, card) =>
    expectVerdict(await settle(port.verifyPin(pinOf('1234'), card.holder.pinTriesLeft(), unhurried)), { at: 'right' }),
};

function expectVerdict(verdict: Result<PinVerdict>, expected: PinVerdict): Result<string | undefined> {
  if (!verdict.ok) return verdict;
  const [told, truth] = [JSON.stringify(verdict.value), JSON.stringify(expected)];
  return ok(told === truth ? undefined : `${told} instead of ${truth}`);
}

const prove: Call = {
  name: 'prove',
  entries: 0,
  async run({ port, settle }, card) {
    const proof = await settle(port.prove(challenge, unhurried));
    return proof.ok ? ok(wrongIn(proof.value, card)) : proof;
  },
};

/** The gateway's part is played by the bench's own; what it would refuse is CARD-109. */
const relay: Call = {
  name: 'relay',
  entries: 0,
  async run({ port, settle }, card, { pki }) {
    const gateway = authenticateTerminal(pki.terminal, challenge);
    let answers: readonly Uint8Array[] = [];
    for (;;) {
      const step = gateway(answers);
      if (step.at === 'signed') return ok(wrongIn(step.proof, card));
      if (step.at === 'refused') return failed('CARD-109', step.message);
      const answered = await settle(port.relay(step.commands, unhurried));
      if (!answered.ok) return answered;
      answers = answered.value;
    }
  },
};

function wrongIn({ certificate, signature }: HolderProof, { holder }: HeldCard): string | undefined {
  if (Buffer.compare(certificate, holder.certificateDer) !== 0) return 'another certificate';
  const { publicKey } = new X509Certificate(holder.certificateDer);
  return verify('sha256', challenge, publicKey, signature) ? undefined : 'a signature that is none';
}

export const ways = {
  face: [survey, readPortrait, relay],
  PIN: [survey, wrongPin, rightPin, prove],
} as const satisfies Record<string, readonly Call[]>;
export type Way = keyof typeof ways;

/** The next patient's, or the same one's again: it must simply work. */
export const nextReception: Record<Way, readonly Call[]> = {
  face: [survey, readPortrait],
  PIN: [survey, rightPin, prove],
};

export type Ended = 'finished' | FaultCode;
