import { randomBytes, randomUUID } from 'node:crypto';
import type { Information, InformationQuery, Refusal } from '../eligibility/gateway-types.ts';
import type { HttpAnswer, HttpRequest } from '../eligibility/http-request.ts';
import { answerFault, operation, root } from '../eligibility/protocol.ts';
import { startTrace } from '../eligibility/trace.ts';
import type { InformationAnswer } from './dock/outside.ts';

const MAX_ANSWER_BYTES = 262_144;

/**
 * A query for medical information as the clinic's own software makes it; the reader has no part in it.
 * @returns what was told, or why nothing was; a gateway that cannot be understood gave no answer
 */
export async function queryInformation(
  request: HttpRequest,
  query: InformationQuery,
  signal: AbortSignal,
): Promise<InformationAnswer> {
  const { id, method, path } = operation('medicalInformation');
  try {
    const answer = await request({
      method,
      path: root + path,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        traceparent: startTrace(randomBytes)(),
      },
      body: JSON.stringify(query),
      maxAnswerBytes: MAX_ANSWER_BYTES,
      signal,
    });
    const body: unknown = JSON.parse(Buffer.from(answer.body).toString('utf8'));
    return answerFault(id, answer.status, body) === undefined ? told(answer, body) : { outcome: 'no-answer' };
  } catch {
    return { outcome: 'no-answer' };
  }
}

function told({ status }: HttpAnswer, body: unknown): InformationAnswer {
  if (status !== 200) return { outcome: (body as Refusal).code };
  const { availableUntil, entries } = body as Information;
  return { outcome: 'answered', availableUntil, entries };
}
