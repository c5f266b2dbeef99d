import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { made } from '../../hardware/make.ts';

test.each(Object.entries(made))('%s is what its JSON files make (npm run -s hardware makes it anew)', (name, make) => {
  expect(readFileSync(new URL(`../../hardware/${name}`, import.meta.url), 'utf8')).toBe(make());
});
