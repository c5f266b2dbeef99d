/**
 * The module's antenna and the one card over it: ISO/IEC 14443-3 and -4 as far as a host sees of them.
 *
 *   field off ── list ──→ active ── deselect ──→ halted ── select, list ──→ active
 *       ↑                    │ the card is gone, or stops answering
 *       └────────────────────┴──→ nothing to talk to until the next list
 */
import { randomBytes } from 'node:crypto';
import { concat } from '../../card/bytes.ts';
import type { Contactless, VirtualCard } from '../../card/virtual-card.ts';

type TypeB = Extract<Contactless, { kind: 'type-b' }>;

/** BrTy of InListPassiveTarget. */
const MODULATION = { typeA: 0x00, felica212: 0x01, felica424: 0x02, typeB: 0x03 } as const;

/** ATTRIB_RES: one byte, MBLI 0, CID 1. */
const ATTRIB_ANSWER = Uint8Array.of(0x01, 0x01);
/** ATQA, SAK and UID of a card without ISO/IEC 14443-4; made up. */
const TYPE_A_TARGET = Uint8Array.of(0x00, 0x04, 0x08, 0x04, 0x4b, 0x41, 0x5a, 0x41);
/** POL_RES: its length, response code, IDm and PMm; made up. */
const TYPE_F_TARGET = Uint8Array.of(0x12, 0x01, 1, 0x2e, 0x4b, 0x41, 0x5a, 0x41, 0x53, 0x55, ...new Uint8Array(8).fill(0xff));
/** FWI 0 (ISO/IEC 14443-4 §7.2): 256 × 16 / 13.56 MHz; each step doubles it. */
const SHORTEST_WAIT_MS = 4_096 / 13_560;

export class ContactlessField {
  #card: VirtualCard | undefined;
  /** That of the card as long as the field stands. */
  #pupi: Uint8Array | undefined;
  #state: 'off' | 'active' | 'halted' = 'off';

  get occupied(): boolean {
    return this.#card !== undefined;
  }

  insert(card: VirtualCard): void {
    this.#card = card;
    this.#pupi = undefined;
  }

  /** The module does not notice before it next talks to the card. */
  remove(): void {
    this.#card?.powerOff();
    this.#card = undefined;
  }

  switchOff(): void {
    this.#card?.powerOff();
    this.#pupi = undefined;
    this.#state = 'off';
  }

  /** The card that command APDUs go to; `gone` when one was, `none` when none was listed. */
  get target(): VirtualCard | 'gone' | 'none' {
    if (this.#state !== 'active') return 'none';
    return this.#card && this.#pupi ? this.#card : 'gone';
  }

  /** Looks for a card of one modulation and activates it. Returns its target data; undefined when there is none. */
  list(modulation: number): Uint8Array | undefined {
    this.#state = 'off';
    const contactless = this.#card?.contactless;
    if (contactless?.kind === 'type-a' && modulation === MODULATION.typeA) return TYPE_A_TARGET;
    const felica: number[] = [MODULATION.felica212, MODULATION.felica424];
    if (contactless?.kind === 'type-f' && felica.includes(modulation)) return TYPE_F_TARGET;
    if (contactless?.kind !== 'type-b' || modulation !== MODULATION.typeB) return undefined;
    return this.#activate() ? this.#targetData(contactless) : undefined;
  }

  /** S(DESELECT): the card keeps its field and loses its state. */
  deselect(): void {
    if (this.#state !== 'active') return;
    this.#card?.powerOff();
    this.#state = 'halted';
  }

  /** Activates the card that was deselected. Returns whether it answered. */
  select(): boolean {
    return this.#state === 'halted' && this.#pupi !== undefined && this.#activate();
  }

  /** What follows a fault: the card is not talked to any more until it is listed anew. */
  forget(): void {
    this.#state = 'off';
  }

  /** How long the module waits for an answer of this card, or for one that is gone: FWT. */
  get waitMs(): number {
    const contactless = this.#card?.contactless;
    const [, , last = 0xa0] = contactless?.kind === 'type-b' ? contactless.protocolInfo : [];
    return SHORTEST_WAIT_MS * 2 ** (last >> 4);
  }

  #activate(): boolean {
    if (this.#card?.powerOn() === undefined) return false;
    this.#pupi ??= Uint8Array.from(randomBytes(4));
    this.#state = 'active';
    return true;
  }

  #targetData({ applicationData, protocolInfo }: TypeB): Uint8Array {
    return concat(Uint8Array.of(0x50), this.#pupi ?? new Uint8Array(4), applicationData, protocolInfo, ATTRIB_ANSWER);
  }
}
