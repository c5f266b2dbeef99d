import fc from 'fast-check';
import { expect, test } from 'vitest';
import { depthOf, readJson } from '../../src/eligibility/read-json.ts';

const limits = { maxAnswerBytes: 10_000, maxDepth: 8 };
const answer = (body: string | Uint8Array, contentType = 'application/json; charset=utf-8') => ({
  status: 200,
  contentType,
  body: typeof body === 'string' ? Buffer.from(body) : body,
});

function deepest(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(deepest));
}

test('the depth of any JSON is that of its value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(depthOf(JSON.stringify(value))).toBe(deepest(value));
    }),
  );
});

test('any JSON within the limits is read as it was written', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value);
      fc.pre(text.length < limits.maxAnswerBytes / 4);
      expect(readJson(answer(text), limits)).toEqual({ ok: true, value: JSON.parse(text) });
    }),
  );
});

test('no bytes at all make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const result = readJson(answer(bytes), limits);
      if (!result.ok) expect(result.fault.code).toBe('GATE-503');
    }),
  );
});

test.each([
  ['another content type', answer('{}', 'text/html')],
  ['no content type', answer('{}', '')],
  ['cut JSON', answer('{"a":')],
  ['bytes that are not UTF-8', answer(Uint8Array.of(0x22, 0xff, 0x22))],
  ['too many bytes', answer(`"${'x'.repeat(10_000)}"`)],
  ['too much nesting', answer(`${'['.repeat(9)}${']'.repeat(9)}`)],
])('%s is GATE-503', (_what, wrong) => {
  expect(readJson(wrong, limits)).toMatchObject({ ok: false, fault: { code: 'GATE-503' } });
});
