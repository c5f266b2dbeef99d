/** Each kind of card as a reception meets it. */
import { verify, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { textImage } from '../../src/bench/card/text-image.ts';
import { personaById } from '../../src/bench/personas.ts';
import { openChannel } from '../../src/card/card-channel.ts';
import { readBinary } from '../../src/card/commands.ts';
import { select } from '../../src/card/read-file.ts';
import { SW } from '../../src/card/status-words.ts';
import type { Result } from '../../src/faults/result.ts';
import { type Counter, cardOf, openCounter, pinOf, unhurried } from './bench-card.ts';

let open: Counter | undefined;

afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** @param codeB what the front is read as, instead of what is printed there */
async function placed(personaId: string, portraitJp2?: Uint8Array, codeB?: string) {
  const counter = await openCounter(codeB === undefined ? {} : { codeB });
  open = counter;
  await counter.start();
  const card = await cardOf(personaId, portraitJp2);
  await counter.place(card);
  const survey = await counter.settle(counter.port.survey(unhurried));
  return { ...counter, card, survey };
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'fine' : result.fault.code);
const ready = { at: 'ready', triesLeft: 3 };
const challenge = Buffer.from('32 bytes that the gateway drew..');

describe('a card without a PIN', () => {
  test('is told from one whose PIN is locked, has a portrait, and is sent no entry', async () => {
    const { port, settle, survey, card } = await placed('no-pin-card');
    expect(survey).toEqual({ ok: true, value: { pin: { at: 'absent' }, portrait: true, carrier: 'card' } });
    expect((await settle(port.readPortrait(unhurried))).ok).toBe(true);
    expect(await settle(port.verifyPin(pinOf('1234'), 0, unhurried))).toEqual({ ok: true, value: { at: 'locked' } });
    expect(card.statistics.pinVerifies).toBe(0);
  });
});

describe('the card of a small child', () => {
  test('says before any choice that it has no portrait, for one presentation of what is printed, and the PIN remains', async () => {
    const { port, settle, survey, card, clock } = await placed('small-child', new Uint8Array());
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: false, carrier: 'card' } });
    expect(clock.now()).toBeLessThan(1_500);
    expect(card.statistics).toMatchObject({ verifies: 1, pinVerifies: 0, signatures: 0 });
    expect(codeOf(await settle(port.readPortrait(unhurried), 2_000))).toBe('FACE-404');
    expect(await settle(port.verifyPin(pinOf('1234'), 3, unhurried))).toEqual({ ok: true, value: { at: 'right' } });
  });

  test('is closed again after that look', async () => {
    const { module, settle } = await placed('small-child', new Uint8Array());
    const channel = openChannel(module, 0, unhurried);
    expect(await settle(select(channel, 0x0002))).toEqual({ ok: true, value: true });
    expect(await settle(channel.send(readBinary(0, 8)))).toMatchObject({
      ok: true,
      value: { sw: SW.securityStatusNotSatisfied },
    });
  });

  test('with a portrait has one', async () => {
    const { survey } = await placed('small-child');
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: true, carrier: 'card' } });
  });

  test.each([
    ['cannot be read', '', 0],
    ['is misread', '99999999999999', 1],
  ])('whose front %s: may have a portrait for all that is known', async (_what, codeB, verifies) => {
    const { survey, card } = await placed('small-child', new Uint8Array(), codeB);
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: true, carrier: 'card' } });
    expect(card.statistics).toMatchObject({ verifies, pinVerifies: 0 });
  });

  test('whose PIN was locked by trying has a locked one', async () => {
    const { survey } = await placed('baby-pin-locked', new Uint8Array());
    expect(survey).toEqual({ ok: true, value: { pin: { at: 'locked' }, portrait: false, carrier: 'card' } });
  });
});

test.each(['adult', 'pin-locked', 'foreign-holder'])(
  '%s: nothing printed is presented to tell of a portrait',
  async (personaId) => {
    const { survey, card } = await placed(personaId);
    expect(survey).toMatchObject({ ok: true, value: { portrait: true } });
    expect(card.statistics.verifies).toBe(0);
  },
);

describe('an Android phone', () => {
  test('has no portrait, and proves its holder by PIN', async () => {
    const { port, settle, survey, card } = await placed('phone-android');
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: false, carrier: 'android-phone' } });
    expect((await settle(port.readPortrait(unhurried))).ok).toBe(false);
    expect(card.statistics.verifies).toBe(0);
    expect(codeOf(await settle(port.prove(challenge, unhurried)))).toBe('CARD-110');
    await settle(port.verifyPin(pinOf('1234'), 3, unhurried));
    expect((await settle(port.prove(challenge, unhurried))).ok).toBe(true);
  });
});

describe('an iPhone', () => {
  test('has no portrait and no PIN, and proves its holder as often as it is asked to', async () => {
    const { port, settle, survey, card } = await placed('phone-iphone');
    expect(survey).toEqual({ ok: true, value: { pin: { at: 'absent' }, portrait: false, carrier: 'iphone' } });
    for (const time of ['first', 'second']) {
      const proof = await settle(port.prove(challenge, unhurried));
      if (!proof.ok) throw new Error(`${time}: ${proof.fault.code}`);
      expect(proof.value.certificate).toEqual(card.holder?.certificateDer);
      const { publicKey } = new X509Certificate(proof.value.certificate);
      expect(verify('sha256', challenge, publicKey, proof.value.signature)).toBe(true);
    }
    expect(card.statistics).toMatchObject({ verifies: 0, signatures: 2 });
  });

  test('takes no PIN', async () => {
    const { port, settle, card } = await placed('phone-iphone');
    expect(codeOf(await settle(port.verifyPin(pinOf('1234'), 3, unhurried)))).toBe('CARD-104');
    expect(card.statistics.verifies).toBe(0);
  });

  test('that nobody has looked at, or that was let go of, proves nothing', async () => {
    const { port, settle, card } = await placed('phone-iphone');
    await settle(port.release(), 1_000);
    expect(codeOf(await settle(port.prove(challenge, unhurried)))).toBe('CARD-110');
    expect(card.statistics.signatures).toBe(0);
    await settle(port.survey(unhurried));
    expect((await settle(port.prove(challenge, unhurried))).ok).toBe(true);
  });

  test('that was taken away says nothing for the card that comes next', async () => {
    const { port, settle, place, remove, until, events } = await placed('phone-iphone');
    remove();
    await until(() => events.at(-1)?.type === 'removed', 500);
    const card = await cardOf('adult');
    await place(card);
    expect(codeOf(await settle(port.prove(challenge, unhurried)))).toBe('CARD-110');
    await settle(port.survey(unhurried));
    expect(codeOf(await settle(port.prove(challenge, unhurried)))).toBe('CARD-110');
    expect(card.statistics).toMatchObject({ verifies: 0, signatures: 0 });
  });
});

describe('the picture of a name', () => {
  test.each(['adult', 'rare-name', 'gaiji-name', 'foreign-holder'])('%s: as it is printed, small', async (personaId) => {
    const { port, settle } = await placed(personaId);
    const read = await settle(port.readPortrait(unhurried));
    if (!read.ok) throw new Error(read.fault.code);
    const persona = personaById(personaId);
    const printed = await textImage(persona?.printedName ?? persona?.name ?? '', 360, 48);
    expect(read.value.name).toEqual(printed);
    expect(read.value.name.length).toBeLessThan(1_000);
    expect(await settle(port.readName(unhurried))).toEqual({ ok: true, value: printed });
  });

  test('can be read of a card without a portrait, and of one that has been let go of', async () => {
    const { port, settle } = await placed('small-child', new Uint8Array());
    await settle(port.release(), 1_000);
    expect(await settle(port.readName(unhurried))).toMatchObject({ ok: true, value: await textImage('見本　ひより', 360, 48) });
  });

  test('shows the glyph that the text has ● for', async () => {
    const [glyph, filler, missing] = await Promise.all(['𠮷', '●', '\u{fffff}'].map((text) => textImage(text, 48, 48)));
    expect(glyph).not.toEqual(filler);
    expect(glyph).not.toEqual(missing);
  });
});

test.each(['foreign-holder', 'card-expired', 'certificate-ending', 'certificate-grace'])(
  '%s is read as any',
  async (personaId) => {
    const { port, settle, survey } = await placed(personaId);
    expect(survey).toEqual({ ok: true, value: { pin: ready, portrait: true, carrier: 'card' } });
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
