import { verify, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { type Counter, cardOf, openCounter, pinOf, portrait, unhurried } from './bench-card.ts';

let counter: Counter | undefined;

async function counterWith(personaId: string, options: Parameters<typeof openCounter>[0] = {}) {
  counter = await openCounter(options);
  expect(await counter.start()).toEqual({ ok: true });
  const card = await cardOf(personaId);
  await counter.place(card);
  return { ...counter, card };
}

afterEach(async () => {
  await counter?.close();
  counter = undefined;
});

describe('the first look', () => {
  test('an ordinary card has three tries and a portrait, and no try is spent', async () => {
    const { port, settle, card } = await counterWith('adult');
    expect(await settle(port.survey(unhurried))).toEqual({
      ok: true,
      value: { pin: { at: 'ready', triesLeft: 3 }, portrait: true },
    });
    expect(card.statistics.verifies).toBe(0);
  });
});

test('portrait', async () => {
  const { port, settle } = await counterWith('adult');
  await settle(port.survey(unhurried));
  expect(await settle(port.readPortrait(unhurried))).toEqual({ ok: true, value: portrait });
});

test('pin and proof', async () => {
  const { port, settle, card } = await counterWith('adult');
  await settle(port.survey(unhurried));
  expect(await settle(port.verifyPin(pinOf('1234'), 3, unhurried))).toEqual({ ok: true, value: { at: 'right' } });
  const challenge = Buffer.from('a challenge of the gateway');
  const proof = await settle(port.prove(challenge, unhurried));
  if (!proof.ok) throw new Error(JSON.stringify(proof));
  const { certificate, signature } = proof.value;
  expect(verify('sha256', challenge, new X509Certificate(certificate).publicKey, signature)).toBe(true);
  expect(card.statistics.pinVerifies).toBe(1);
});
