import type { FaultCode } from './catalogue.ts';

/** What went wrong, by its code in the one catalogue. `detail` is for staff and logs: never personal data. */
export type Fault = { readonly code: FaultCode; readonly detail?: string };

/** An expected failure is a value: a card can be pulled between any check and its use. Bugs throw. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

export function ok(): Result<void>;
export function ok<T>(value: T): Result<T>;
export function ok<T>(value?: T): Result<T | undefined> {
  return { ok: true, value };
}

export function failed(code: FaultCode, detail?: string): { readonly ok: false; readonly fault: Fault } {
  return { ok: false, fault: detail === undefined ? { code } : { code, detail } };
}
