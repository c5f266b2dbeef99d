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
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Bench } from '../../src/bench/bench.ts';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { textImage } from '../../src/bench/card/text-image.ts';
import { portraitOf } from '../../src/bench/faces/persona-faces.ts';
import { yes } from '../../src/bench/patient.ts';
import { type Persona, personaById, personas } from '../../src/bench/personas.ts';
import { pause, systemClock } from '../../src/clock.ts';
import { openStaff } from '../../src/compose-desk.ts';
import type { State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { countInMemory } from './process-memory.ts';
import type { Told } from './reader-process.ts';

const GONE_WITHIN_MS = 1_000;
const PATIENCE_MS = 30_000;
const digits = (count: number) => Array.from({ length: count }, () => randomInt(10)).join('');
const PASSWORD = digits(12);

/** Whose PIN nobody else has. */
function stranger(number: number): Persona {
  const adult = personaById('adult') as Persona;
  const insurer = { ...adult.insurer, id: `79${number}` };
  return { ...adult, id: `stranger-${number}`, name: `秘密　${number}子`, pin: digits(4), insurer };
}
const strangers = [1, 2, 3].map(stranger);

let bench: Bench;
let child: ChildProcess;
let folder: string;
let state: State = { at: 'unavailable', code: 'MOD-201' };
let changed = () => {};

beforeAll(async () => {
  (personas as Persona[]).push(...strangers);
  folder = mkdtempSync(join(tmpdir(), 'kazasu-memory-'));
  mkdirSync(join(folder, 'clinic'));
  const clock = systemClock;
  bench = await Bench.open({
    ...{ clock, waits: new Timeline(clock.now), random: randomBytes, readerId: 'KZTEST01', module: 'gem', baudRate: 115_200 },
    ...{ gatewayLatencyMs: 0, joins: 'real' },
  });
  const staff = openStaff({ folder, clock, random: randomBytes });
  if (!staff.ok) throw new Error(staff.fault.detail);
  await staff.value.password.set(Buffer.from(PASSWORD));
  child = fork(resolve('test/model/reader-process.ts'), { execArgv: ['--expose-gc'] });
  child.on('message', (told: State) => {
    state = told;
    changed();
  });
  const { module, gateway, trustedCvKeys } = await bench.world();
  const cvKey = trustedCvKeys[0]?.export({ type: 'spki', format: 'pem' }).toString() ?? '';
  tell({ start: { module, gateway, cvKey, folder } });
  await sees('idle');
});
afterAll(async () => {
  child.disconnect();
  await bench.close();
  rmSync(folder, { recursive: true });
});

const tell = (told: Told) => child.send(told);
const type = (ascii: string) => {
  for (const key of Buffer.from(ascii)) tell({ key });
};

/** The next state that the reader tells of. */
async function next(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  changed = resolve;
  const cancel = systemClock.after(PATIENCE_MS, () => reject(new Error(`nothing came after ${JSON.stringify(state)}`)));
  await promise;
  cancel();
}

async function sees(at: State['at']): Promise<void> {
  while (state.at !== at) await next();
}

async function typed(count: number): Promise<void> {
  while (!('digits' in state) || state.digits !== count) await next();
}

async function answersAll(): Promise<void> {
  while (['asking', 'proving', 'querying', 'recording'].includes(state.at)) {
    if (state.at === 'asking') tell({ intent: { type: 'answer', answer: yes(state.questions[0]) } });
    await next();
  }
  expect(state.at).toBe('done');
}

async function leaves(): Promise<void> {
  bench.remove();
  await sees('idle');
  await pause(systemClock, GONE_WITHIN_MS);
}

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

async function found(patterns: Record<string, Uint8Array>): Promise<Record<string, number>> {
  const counts = await countInMemory(child.pid ?? 0, patterns);
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
const pinLeft = async (persona: Persona) => (await found({ PIN: Buffer.from(persona.pin) }))['PIN'] ?? 0;

/** By face, which does not match, then by PIN; 照合番号B is typed. */
async function comesByFaceAndPin(persona: Persona): Promise<{ readonly codeB: string; readonly seenBefore: boolean }> {
  expect(await bench.place(persona.id)).toEqual({ ok: true, value: undefined });
  const codeB = bench.placed?.card.holder?.verificationCodeB ?? '';
  await sees('choosing');
  tell({ intent: { type: 'choose', method: 'face' } });
  await sees('stopped');
  tell({ intent: { type: 'type-code' } });
  await sees('typing-code');
  type(codeB);
  await typed(codeB.length);
  tell({ intent: { type: 'continue' } });
  await sees('face-retry');
  tell({ intent: { type: 'choose', method: 'pin' } });
  await sees('entering-pin');
  const seenBefore = (await pinLeft(persona)) > 0;
  type(persona.pin);
  await typed(4);
  return { codeB, seenBefore };
}

test('neither digits nor pictures are left, by face and PIN and by 目視確認', { timeout: 240_000 }, async () => {
  let pinsLeft = 0;
  for (const persona of strangers) {
    const { codeB, seenBefore } = await comesByFaceAndPin(persona);
    const secrets = { ...(await secretsOf(persona)), 照合番号B: Buffer.from(codeB) };
    // As long as they are needed they are found: the search can tell.
    expect(await pinLeft(persona)).toBeGreaterThan(0);
    expect(Object.keys(await found(secrets)).some((name) => name.startsWith('name'))).toBe(true);
    tell({ intent: { type: 'continue' } });
    await sees('asking');
    await answersAll();
    await leaves();

    await bench.place(persona.id);
    await sees('choosing');
    tell({ intent: { type: 'ask-staff' } });
    await sees('asking-staff');
    type(PASSWORD);
    await typed(PASSWORD.length);
    expect(Object.keys(await found(secrets))).toContain('facility password');
    tell({ intent: { type: 'continue' } });
    await sees('asking');
    await answersAll();
    await leaves();

    expect(await found(secrets)).toEqual({});
    const text = { utf8: Buffer.from(persona.name), utf16: Buffer.from(persona.name, 'utf16le') };
    const atOnce = await found(text);
    tell({ collect: true });
    await pause(systemClock, GONE_WITHIN_MS);
    const collected = await found(text);
    process.stdout.write(`the name as text: ${JSON.stringify(atOnce)}, after a collection ${JSON.stringify(collected)}\n`);
    if (seenBefore || (await pinLeft(persona)) > 0) pinsLeft++;
    else return;
  }
  expect(pinsLeft).toBeLessThan(strangers.length);
});
