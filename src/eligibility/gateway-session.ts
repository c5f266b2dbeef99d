import { failed, ok, type Result } from '../faults/result.ts';
import type { GatewaySession } from '../reception/ports.ts';
import { type Asking, consentThenAnswer } from './eligibility-query.ts';
import type { Exchange } from './exchange.ts';
import type { CardStanding, FacilitySettings, Maintenance, OpenedReception, Registered, Registration } from './gateway-types.ts';
import { provePin, relayRounds } from './identity.ts';

/** One reception at the gateway, with what the reception's own port does not ask yet. */
export interface EligibilitySession extends GatewaySession {
  readonly facility: FacilitySettings;
  /** What was under maintenance when the reception opened. */
  readonly maintenance: readonly Maintenance[];
  /** What the card may be used for; undefined until identity was proved. */
  standing(): CardStanding | undefined;
  /** Registers whoever was proved for use of the card as an insurance card, after GATE-508.
   *  Faults: GATE-501…504, GATE-508 (nobody is known by this card), GATE-509. */
  register(signal: AbortSignal): Promise<Result<void>>;
}

/** Opens the reception at the gateway; the keys of all its changes begin with its id, so that they can be told apart. */
export async function openSession(
  exchange: Exchange,
  receptionId: string,
  signal: AbortSignal,
): Promise<Result<EligibilitySession>> {
  const { limits } = exchange;
  let changes = 0;
  const nextKey = (change: string) => `${receptionId}.${change}.${++changes}`;
  const asking: Asking = { exchange, receptionId, trace: exchange.newTrace() };
  const opened = await exchange.ask<OpenedReception>({
    ...{ operation: 'openReception', receptionId, trace: asking.trace, signal },
    ...{ body: { receptionId }, key: nextKey('open'), boundMs: limits.openMs },
  });
  if (!opened.ok) return opened;
  const { challenge, facility, maintenance } = opened.value;
  let standing: CardStanding | undefined;

  /** Whose identity is proved may still not be registered: that can be done now. */
  function proved(card: CardStanding): Result<void> {
    standing = card;
    return card.registered ? ok() : failed('GATE-508', 'not registered yet');
  }

  async function register(until: AbortSignal): Promise<Result<void>> {
    const body: Registration = { channel: 'reader' };
    const registered = await exchange.ask<Registered>({
      ...{ operation: 'register', receptionId, trace: asking.trace, signal: until },
      ...{ body, key: nextKey('register'), boundMs: limits.changeMs },
    });
    if (!registered.ok) return registered;
    if (standing) standing = { ...standing, registered: true };
    return ok();
  }

  const relay = relayRounds(asking, nextKey);
  return ok({
    challenge: Buffer.from(challenge, 'base64'),
    facility,
    maintenance,
    standing: () => standing,
    register,
    async provePin(proof, until) {
      const card = await provePin(asking, nextKey('identity'), proof, until);
      return card.ok ? proved(card.value) : card;
    },
    async relay(decision, answers, until) {
      const step = await relay(decision, answers, until);
      if (!step.ok || step.value.at === 'commands') return step as Awaited<ReturnType<GatewaySession['relay']>>;
      const registered = proved(step.value.standing);
      return registered.ok ? ok({ at: 'proved' }) : registered;
    },
    async eligibility(consents, until) {
      if (standing?.scope !== 'qualification-only') return consentThenAnswer(asking, nextKey('consent'), consents, until);
      // A certificate that has ended proves who somebody is, but opens no medical information: nothing is agreed to.
      const answered = await consentThenAnswer(asking, nextKey('consent'), [], until);
      return answered.ok ? ok({ ...answered.value, consents: [] }) : answered;
    },
  });
}
