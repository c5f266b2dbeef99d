/** The document, judged by a validator that is not ours. */
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';

const document = () => JSON.parse(readFileSync(new URL('../../src/eligibility/gateway.openapi.json', import.meta.url), 'utf8'));

test('a public validator takes the document for OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(document())).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test.each([
  ['a path without an operation id’s place', (d: ReturnType<typeof document>) => (d.paths['no-slash'] = {})],
  [
    'an answer without a description',
    (d: ReturnType<typeof document>) => delete d.paths['/health'].get.responses['200'].description,
  ],
  ['no title', (d: ReturnType<typeof document>) => delete d.info.title],
])('and would not with %s', async (_what, spoil) => {
  const spoilt = document();
  spoil(spoilt);
  expect((await new Validator().validate(spoilt)).valid).toBe(false);
});
