/** The longest file of the card, EF 0002 of 券面事項確認, as the commands that open and read it. */
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { WaitLog } from '../../src/reception/ports.ts';
import { CARD_FACE, readAll, selectFile, talk, verify } from '../bench/card/card-talk.ts';
import { cardOf } from '../card/bench-card.ts';

export type CardWithFace = {
  readonly card: VirtualCard;
  /** The file, read from the card itself without a reader between. */
  readonly cardFace: Buffer;
  /** SELECT, VERIFY of 照合番号B, SELECT: what opens it. */
  readonly open: readonly string[];
};

/** A card whose face takes more than 10 kB. */
export async function cardWithFace(): Promise<CardWithFace> {
  const card = await cardOf(
    'adult',
    Uint8Array.from({ length: 9_500 }, (_, index) => (index * 11 + (index >> 8)) & 0xff),
  );
  const { holder } = card;
  if (holder === undefined) throw new Error('not a My Number card');
  const open = [CARD_FACE, selectFile('0012'), verify(holder.verificationCodeB ?? ''), selectFile('0002')];
  card.powerOn();
  open.forEach(talk(card));
  const cardFace = readAll(card);
  card.powerOff();
  return { card, cardFace, open };
}

/** READ BINARY for the whole file; more than 256 bytes at a time are asked for by an extended Le. */
export function readsOf({ cardFace }: CardWithFace, atATime = 256): string[] {
  const le = atATime === 256 ? '00' : `00${hex4(atATime)}`;
  const offsets = Array.from({ length: Math.ceil(cardFace.length / atATime) }, (_, index) => index * atATime);
  return offsets.map((offset) => `00B0${hex4(offset)}${le}`);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0').toUpperCase();
}

/** The file out of the answers to those commands; throws at the first that is not 9000. */
export function cardFaceIn(answers: readonly string[]): Buffer {
  const refused = answers.find((answer) => !answer.endsWith('9000'));
  if (refused !== undefined) throw new Error(`refused: ${refused.slice(-4)}`);
  return Buffer.from(answers.map((answer) => answer.slice(0, -4)).join(''), 'hex');
}

/** Sums up a module's time on the line: of each exchange, from its first command byte to its last answer byte. */
export function createWireTime() {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = 0;
  let wireMs = 0;
  const waits: WaitLog = {
    add(_kind, startMs, endMs) {
      firstMs = Math.min(firstMs, startMs);
      lastMs = Math.max(lastMs, endMs);
      wireMs += endMs - startMs;
    },
  };
  return {
    waits,
    restart(): void {
      firstMs = Number.POSITIVE_INFINITY;
      wireMs = 0;
    },
    /** Since the restart: time on the line, from first to last byte, and the share that the line was at work. */
    result: () => ({ wireMs, totalMs: lastMs - firstMs, ratio: wireMs / (lastMs - firstMs) }),
  };
}
