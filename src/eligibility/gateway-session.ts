import { ok, type Result } from '../faults/result.ts';
import type { GatewaySession } from '../reception/ports.ts';
import { type Asking, consentThenAnswer } from './eligibility-query.ts';
import type { Exchange } from './exchange.ts';
import type { OpenedReception, Registered, Registration } from './gateway-types.ts';
import { proveHolder, relayRounds } from './identity.ts';

/** Opens the reception at the gateway; the keys of all its changes begin with its id, so that they can be told apart. */
export async function openSession(exchange: Exchange, receptionId: string, signal: AbortSignal): Promise<Result<GatewaySession>> {
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

  return ok({
    challenge: Buffer.from(challenge, 'base64'),
    facility,
    jpkiMaintenance: maintenance.some(({ part }) => part === 'jpki'),
    prove: (proof, method, until) => proveHolder(asking, nextKey('identity'), proof, method, until),
    relay: relayRounds(asking, nextKey),
    async register(until) {
      const body: Registration = { channel: 'reader' };
      const registered = await exchange.ask<Registered>({
        ...{ operation: 'register', receptionId, trace: asking.trace, signal: until },
        ...{ body, key: nextKey('register'), boundMs: limits.changeMs },
      });
      return registered.ok ? ok(registered.value.standing) : registered;
    },
    eligibility: (given, until) => consentThenAnswer(asking, nextKey('consent'), given, until),
  });
}
