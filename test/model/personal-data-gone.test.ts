/**
 * A second after the end nothing is left of the patient in the reader's own buffers: the memory of a reader that is a
 * process of its own is searched for what it was given, byte for byte.
 *
 * Looked for: the PIN (within its VERIFY command, and alone), 照合番号B as it was typed, the facility password, and pieces of
 * the portrait and of the name's picture. Four digits can stand anywhere by chance: a PIN is chosen that does not, and
 * counts as left behind only where another one is too.
 *
 * The eligibility is text, which JavaScript cannot wipe: nothing refers to it any more, and its memory is used again when
 * the engine collects it. How often the name still stands there is written out.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { textImage } from '../../src/bench/card/text-image.ts';
import { portraitOf } from '../../src/bench/faces/persona-faces.ts';
import { type Persona, personaById, personas } from '../../src/bench/personas.ts';
import { pause, systemClock } from '../../src/clock.ts';
import { WatchedReader } from './watched-reader.ts';

const GONE_WITHIN_MS = 1_000;
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
const PASSWORD = digits(12);

let reader: WatchedReader;
beforeAll(async () => {
  reader = await WatchedReader.open(PASSWORD);
});
afterAll(() => reader.close());

/** Some pieces of 16 bytes, from where files of that kind differ. */
function pieces(name: string, file: Uint8Array, from: number): Record<string, Uint8Array> {
  const places = [0, 1, 2, 3].map((quarter) => from + Math.floor(((file.length - 32 - from) * quarter) / 4));
  return Object.fromEntries(places.map((at) => [`${name} from ${at}`, file.subarray(at, at + 16)]));
}

async function secretsOf({ pin, name, face }: Persona) {
  const { grey, width, height } = await portraitOf(face ?? '');
  const portrait = await encodeJp2(grey, width, height, 5_000);
  return {
    'VERIFY with the PIN': Buffer.concat([Buffer.from('0020008004', 'hex'), Buffer.from(pin)]),
    'facility password': Buffer.from(PASSWORD),
    ...pieces('portrait', portrait, 500),
    ...pieces('name', await textImage(name, 360, 48), 96),
  };
}

const pinLeft = async (persona: Persona) => (await reader.found({ PIN: Buffer.from(persona.pin) }))['PIN'] ?? 0;

/** Somebody whose PIN stands nowhere in the reader's memory yet. */
async function newPersona(number: number): Promise<Persona> {
  const tried = Object.fromEntries(Array.from({ length: 20 }, () => [digits(4), 0]));
  const standing = await reader.found(Object.fromEntries(Object.keys(tried).map((pin) => [pin, Buffer.from(pin)])));
  const pin = Object.keys(tried).find((one) => standing[one] === undefined);
  if (pin === undefined) throw new Error('each of twenty PINs stands in the reader’s memory by chance');
  const adult = personaById('adult') as Persona;
  const insurer = { ...adult.insurer, id: `79${number}` };
  const persona = { ...adult, id: `unknown-${number}`, name: `秘密　${number}子`, pin, insurer };
  (personas as Persona[]).push(persona);
  reader.bench.gateway.addPerson(persona);
  return persona;
}

/** By face, which does not match, then by PIN, to be confirmed. Returns 照合番号B, which is typed. */
async function comesByFaceAndPin(persona: Persona): Promise<string> {
  expect(await reader.bench.place(persona.id)).toEqual({ ok: true, value: undefined });
  const codeB = reader.bench.placed?.card.holder?.verificationCodeB ?? '';
  await reader.sees('choosing');
  reader.tell({ intent: { type: 'choose', method: 'face' } });
  await reader.sees('stopped');
  reader.tell({ intent: { type: 'type-code' } });
  await reader.sees('typing-code');
  reader.type(codeB);
  await reader.hasTyped(codeB.length);
  reader.tell({ intent: { type: 'continue' } });
  await reader.sees('face-retry');
  reader.tell({ intent: { type: 'choose', method: 'pin' } });
  await reader.sees('entering-pin');
  reader.type(persona.pin);
  await reader.hasTyped(4);
  return codeB;
}

async function comesWithStaff(persona: Persona): Promise<void> {
  await reader.bench.place(persona.id);
  await reader.sees('choosing');
  reader.tell({ intent: { type: 'ask-staff' } });
  await reader.sees('asking-staff');
  reader.type(PASSWORD);
  await reader.hasTyped(PASSWORD.length);
}

async function isReceived(): Promise<void> {
  reader.tell({ intent: { type: 'continue' } });
  await reader.sees('asking');
  await reader.answersAll();
  expect(reader.state.at).toBe('done');
  reader.bench.remove();
  await reader.sees('idle');
  await pause(systemClock, GONE_WITHIN_MS);
}

/** @returns how often the PIN's digits still stand there */
async function comesAndGoes(persona: Persona): Promise<number> {
  const codeB = await comesByFaceAndPin(persona);
  const secrets = { ...(await secretsOf(persona)), 照合番号B: Buffer.from(codeB) };
  // As long as they are needed they are found: the search can tell.
  expect(await pinLeft(persona)).toBeGreaterThan(0);
  expect(Object.keys(await reader.found(secrets)).filter((name) => name.startsWith('name'))).not.toEqual([]);
  await isReceived();
  await comesWithStaff(persona);
  expect(Object.keys(await reader.found(secrets))).toContain('facility password');
  await isReceived();
  expect(await reader.found(secrets)).toEqual({});
  return pinLeft(persona);
}

test('neither digits nor pictures are left, by face and PIN and by 目視確認', { timeout: 240_000 }, async () => {
  const left: number[] = [];
  do {
    const persona = await newPersona(left.length);
    left.push(await comesAndGoes(persona));
    const text = { utf8: Buffer.from(persona.name), utf16: Buffer.from(persona.name, 'utf16le') };
    const atOnce = await reader.found(text);
    reader.tell({ collect: true });
    await pause(systemClock, GONE_WITHIN_MS);
    const collected = await reader.found(text);
    process.stdout.write(`the name as text: ${JSON.stringify(atOnce)}, after a collection ${JSON.stringify(collected)}\n`);
  } while (left.at(-1) !== 0 && left.length < 3);
  expect(left.at(-1)).toBe(0);
});
