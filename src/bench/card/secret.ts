import { sameBytes } from './bytes.ts';
import { SW } from './status-word.ts';

/**
 * A PIN, password or 照合番号 that a key EF holds, with its counter. The counter survives power-off and change of
 * application; having been verified does not.
 */
export class Secret {
  readonly maxTries: number | undefined;
  readonly #value: Uint8Array;
  #triesLeft: number;
  #verified = false;

  /** @param maxTries undefined: no counter is kept, and a wrong entry is answered 6300 */
  constructor(value: Uint8Array, maxTries: number | undefined, triesLeft = maxTries ?? 0) {
    this.#value = value;
    this.maxTries = maxTries;
    this.#triesLeft = triesLeft;
  }

  get triesLeft(): number {
    return this.#triesLeft;
  }

  get verified(): boolean {
    return this.#verified;
  }

  get blocked(): boolean {
    return this.maxTries !== undefined && this.#triesLeft === 0;
  }

  /** What an empty VERIFY is answered: always 63Cx, also when blocked or already verified. */
  counterWord(): number {
    return this.maxTries === undefined ? SW.wrong : SW.wrongTriesLeft + this.#triesLeft;
  }

  /** Counts the entry and returns its status word: 9000, 63Cx (63C0 when this one exhausts it), 6300, or 6984. */
  verify(entry: Uint8Array): number {
    if (this.blocked) return SW.blocked;
    this.#verified = sameBytes(entry, this.#value);
    if (this.#verified) {
      this.#triesLeft = this.maxTries ?? 0;
      return SW.ok;
    }
    if (this.maxTries !== undefined) this.#triesLeft--;
    return this.counterWord();
  }

  forget(): void {
    this.#verified = false;
  }
}
