import { failed, ok, type Result } from '../faults/result.ts';
import type { Refusal } from './gateway-types.ts';
import type { GatewayLimits } from './limits.ts';
import { answerFault } from './protocol.ts';
import { readJson } from './read-json.ts';
import type { Ask, Sent } from './send.ts';

type Read<Answer> =
  | { readonly answer: Answer; readonly refusal?: undefined }
  | { readonly answer?: undefined; readonly refusal: Refusal };

/** Fault: GATE-503 when it is no answer of the protocol to this request. */
export function readAnswer<Answer>(ask: Ask, { answer, traceparent }: Sent, limits: GatewayLimits): Result<Read<Answer>> {
  if (answer.traceparent !== traceparent) return failed('GATE-503', 'the answer belongs to another request');
  const json = readJson(answer, limits);
  if (!json.ok) return json;
  const wrong = answerFault(ask.operation, answer.status, json.value);
  if (wrong) return failed('GATE-503', wrong);
  const { receptionId } = json.value as { receptionId?: string };
  if (receptionId !== ask.receptionId) return failed('GATE-503', 'the answer belongs to another reception');
  return answer.status >= 400 ? ok({ refusal: json.value as Refusal }) : ok({ answer: json.value as Answer });
}
