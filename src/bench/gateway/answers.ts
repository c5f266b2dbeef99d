import type { Refusal, RefusalCode } from '../../eligibility/gateway-types.ts';
import type { Answer } from './once.ts';

/** What a service is asked; it has been checked against the document. */
export type Asked = {
  readonly device: string;
  /** In path or body; empty where the operation is of no reception. */
  readonly receptionId: string;
  /** In the path; empty where the operation names none. */
  readonly readerId: string;
  readonly body: unknown;
};

export function answer<Body extends object>(status: number, body: Body): Answer {
  return { status, body };
}

/** @param message for staff and logs; never personal data */
export function refuse(status: number, code: RefusalCode, receptionId?: string, message?: string): Answer {
  const body: Refusal = { code };
  if (receptionId !== undefined) body.receptionId = receptionId;
  if (message !== undefined) body.message = message;
  return { status, body };
}
