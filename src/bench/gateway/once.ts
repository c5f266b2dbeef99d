import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** An answer of the gateway: HTTP status, and a body of the protocol. */
export type Answer = { readonly status: number; readonly body: object };

/**
 * Idempotency keys: the same key with the same request gets the same answer and the work is done once, also when the
 * first answer is still being made and when the gateway was started anew in between; the same key with another request
 * is a conflict (undefined).
 */
export function createOnce(
  database: DatabaseSync,
): (key: string, request: string, work: () => Promise<Answer>) => Promise<Answer> | undefined {
  const select = database.prepare('SELECT request, status, body FROM answer WHERE key = ?');
  const insert = database.prepare('INSERT INTO answer VALUES (?, ?, ?, ?)');
  const making = new Map<string, { request: string; answer: Promise<Answer> }>();

  async function make(key: string, request: string, work: () => Promise<Answer>): Promise<Answer> {
    const answer = await work();
    // What could not be done now may be asked again under its key.
    if (answer.status < 500) insert.run(key, request, answer.status, JSON.stringify(answer.body));
    return answer;
  }

  return (key, text, work) => {
    const request = createHash('sha256').update(text).digest('hex');
    const before = making.get(key);
    if (before) return before.request === request ? before.answer : undefined;
    const kept = select.get(key);
    if (kept) {
      if (kept['request'] !== request) return undefined;
      return Promise.resolve({ status: Number(kept['status']), body: JSON.parse(String(kept['body'])) as object });
    }
    const answer = make(key, request, work).finally(() => making.delete(key));
    making.set(key, { request, answer });
    return answer;
  };
}
