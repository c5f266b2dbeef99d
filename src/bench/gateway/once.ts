/** An answer of the gateway: HTTP status, and a body of the protocol. */
export type Answer = { readonly status: number; readonly body: object };

/** More keys than any bench run has in flight; the oldest are forgotten first. */
const KEYS_KEPT = 10_000;

/**
 * Idempotency keys: the same key with the same request gets the same answer and the work is done once, also when the
 * first answer is still being made; the same key with another request is a conflict (undefined).
 */
export function createOnce(): (key: string, request: string, work: () => Promise<Answer>) => Promise<Answer> | undefined {
  const kept = new Map<string, { request: string; answer: Promise<Answer> }>();
  return (key, request, work) => {
    const before = kept.get(key);
    if (before) return before.request === request ? before.answer : undefined;
    const answer = work();
    kept.set(key, { request, answer });
    const [oldest] = kept.keys();
    if (kept.size > KEYS_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
