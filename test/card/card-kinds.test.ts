/** Each kind of card as a reception meets it. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Result } from '../../src/faults/result.ts';
import { type Counter, cardOf, openCounter, pinOf, unhurried } from './bench-card.ts';

let open: Counter | undefined;

afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function placed(personaId: string, portraitJp2?: Uint8Array) {
  const counter = await openCounter();
  open = counter;
  await counter.start();
  const card = await cardOf(personaId, portraitJp2);
  await counter.place(card);
  const survey = await counter.settle(counter.port.survey(unhurried));
  return { ...counter, card, survey };
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'fine' : result.fault.code);
const ready = { at: 'ready', triesLeft: 3 };

describe('a card without a PIN', () => {
  test('has a locked one, a portrait, and is sent no entry', async () => {
    const { port, settle, survey, card } = await placed('no-pin-card');
    expect(survey).toEqual({ ok: true, value: { pin: { at: 'locked' }, portrait: true } });
    expect((await settle(port.readPortrait(unhurried))).ok).toBe(true);
    expect(await settle(port.verifyPin(pinOf('1234'), 0, unhurried))).toEqual({ ok: true, value: { at: 'locked' } });
    expect(card.statistics.pinVerifies).toBe(0);
  });
});

describe('the card of a small child', () => {
  test('may have a portrait for all that can be known; that it has none is told at once, and the PIN remains', async () => {
    const { port, settle, survey, card } = await placed('small-child', new Uint8Array());
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: true } });
    expect(codeOf(await settle(port.readPortrait(unhurried), 2_000))).toBe('FACE-404');
    expect(card.statistics).toMatchObject({ verifies: 1, signatures: 0 });
    expect(await settle(port.verifyPin(pinOf('1234'), 3, unhurried))).toEqual({ ok: true, value: { at: 'right' } });
  });
});

test.each(['phone-android', 'phone-iphone'])('%s has no portrait, and proves its holder by PIN', async (personaId) => {
  const { port, settle, survey, card } = await placed(personaId);
  expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: false } });
  expect((await settle(port.readPortrait(unhurried))).ok).toBe(false);
  expect(card.statistics.verifies).toBe(0);
  await settle(port.verifyPin(pinOf('1234'), 3, unhurried));
  expect((await settle(port.prove(new Uint8Array(32), unhurried))).ok).toBe(true);
});

test.each(['foreign-holder', 'card-expired', 'certificate-ending', 'certificate-grace'])(
  '%s is read as any',
  async (personaId) => {
    const { port, settle, survey } = await placed(personaId);
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: true } });
    expect((await settle(port.readPortrait(unhurried))).ok).toBe(true);
  },
);

test.each([
  ['transit-card', 'CARD-103'],
  ['driving-licence', 'CARD-103'],
  ['payment-card', 'CARD-103'],
  ['mute-card', 'CARD-102'],
])('%s: %s', async (personaId, code) => {
  expect(codeOf((await placed(personaId)).survey)).toBe(code);
});
