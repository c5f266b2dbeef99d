import { issueCard } from '../../../src/bench/card/issue-card.ts';
import { encodeJp2 } from '../../../src/bench/card/jp2.ts';
import type { CardHolder, VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { type Persona, personaById } from '../../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../../src/bench/pki/bench-pki.ts';

export const NOW = new Date('2026-04-01T00:00:00Z');

export const JPKI = '00A4040C0A D392F000260100000001';
export const CARD_FACE = '00A4040C0A D3921000310001010402';
export const INPUT_SUPPORT = '00A4040C0A D3921000310001010408';

export function selectFile(identifier: string): string {
  return `00A4020C02${identifier}`;
}

/** VERIFY of the selected EF. */
export function verify(entry: string): string {
  return `00200080${hexByte(entry.length)}${Buffer.from(entry).toString('hex')}`;
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}

let pki: Promise<BenchPki> | undefined;
let portrait: Promise<Uint8Array> | undefined;
const cards = new Map<string, Promise<VirtualCard>>();

export function benchPki(): Promise<BenchPki> {
  pki ??= createBenchPki({ now: NOW });
  return pki;
}

/** Something grey with edges; not a face. */
export function greyPicture(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, index) => {
    const [x, y] = [index % width, Math.floor(index / width)];
    return 128 + 50 * Math.sin(x / 9) * Math.cos(y / 13) + ((x * 7 + y * 13) % 32);
  });
}

export function portraitJp2(): Promise<Uint8Array> {
  portrait ??= encodeJp2(greyPicture(240, 320), 240, 320);
  return portrait;
}

/** A card of the persona, with changes, and a way to talk to it in hexadecimal. */
export async function issued(
  changes: Partial<Persona> = {},
): Promise<{ card: VirtualCard; holder: CardHolder; say: (command: string) => string }> {
  const persona = personaById('adult');
  if (persona === undefined) throw new Error('no such persona');
  const card = await issueCard({ ...persona, ...changes }, await benchPki(), { portraitJp2: await portraitJp2(), now: NOW });
  if (card.holder === undefined) throw new Error('not a My Number card');
  card.powerOn();
  return { card, holder: card.holder, say: talk(card) };
}

/** The persona's card as it is issued, not powered; the same one each time within a file. */
export function cardOfPersona(personaId: string): Promise<VirtualCard> {
  const persona = personaById(personaId);
  if (persona === undefined) throw new Error(`no persona ${personaId}`);
  const issue = async () => {
    const portrait = persona.face === undefined ? new Uint8Array() : await portraitJp2();
    return issueCard(persona, await benchPki(), { portraitJp2: portrait, now: NOW });
  };
  const card = cards.get(personaId) ?? issue();
  cards.set(personaId, card);
  return card;
}

export function talk(card: VirtualCard): (command: string) => string {
  return (command) => {
    const bytes = Buffer.from(command.replaceAll(' ', ''), 'hex');
    return Buffer.from(card.answer(Uint8Array.from(bytes)))
      .toString('hex')
      .toUpperCase();
  };
}

/** Reads the selected EF to its end by 256-byte reads. */
export function readAll(card: VirtualCard): Buffer {
  const parts: Buffer[] = [];
  for (let offset = 0; ; offset += 256) {
    const answer = Buffer.from(card.answer(Uint8Array.of(0x00, 0xb0, offset >> 8, offset & 0xff, 0x00)));
    const word = answer.readUInt16BE(answer.length - 2);
    if (word === 0x6b00) return Buffer.concat(parts);
    if (word !== 0x9000) throw new Error(`READ BINARY: ${word.toString(16)}`);
    parts.push(answer.subarray(0, -2));
    if (answer.length < 258) return Buffer.concat(parts);
  }
}
