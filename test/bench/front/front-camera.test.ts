import { expect, test } from 'vitest';
import { benchDesign } from '../../../src/bench/front/bench-design.ts';
import { picturesOf, printOf } from '../../../src/bench/front/front-camera.ts';
import { personas } from '../../../src/bench/personas.ts';
import { drawTemplates } from '../../../src/card/front/glyph-templates.ts';
import { readFront } from '../../../src/card/front/read-front.ts';

const today = new Date('2026-04-01T09:00:00+09:00');
const plastic = personas.filter(({ kind, carrier }) => kind === 'my-number' && carrier === 'card');

test.each(plastic)('each picture of $id’s front can be read', async (persona) => {
  const templates = await drawTemplates(benchDesign);
  for (const jpeg of await picturesOf(printOf(persona, undefined, today), 'usual')) {
    expect((await readFront(jpeg, benchDesign, templates, today)).at).toBe('read');
  }
});

test('a phone and another card have nothing of it printed', () => {
  const others = personas.filter((persona) => !plastic.includes(persona));
  expect(others.length).toBeGreaterThan(2);
  for (const persona of others) expect(printOf(persona, undefined, today)).toBeUndefined();
});
