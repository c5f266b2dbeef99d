/**
 * How often 照合番号B may be presented while a card lies there. It locks for good after some wrong tries, it has no
 * check digit, and it is read by machine or copied by hand: so at most two values that the card did not accept, and
 * never the same one again. How many tries are left to people is the card's profile.
 */
import { failed, ok, type Result } from '../faults/result.ts';
import { secretCopy, wipe } from './secret-bytes.ts';

const MAX_NOT_ACCEPTED = 2;

/** What was presented to the card that lies there and was not accepted, or not known to be. Wiped by `forget`. */
export class PresentedCodes {
  readonly #values: Uint8Array[] = [];

  /** Before anything is read or typed. Faults: CARD-111. */
  mayPresentMore(): Result<void> {
    return this.#values.length < MAX_NOT_ACCEPTED ? ok() : failed('CARD-111', 'two values were not accepted');
  }

  /** Faults: CARD-108 (this value was presented before), CARD-111 (two others were). */
  mayPresent(code: Uint8Array): Result<void> {
    const known = this.#values.some((value) => Buffer.compare(value, code) === 0);
    return known ? failed('CARD-108', 'the same value was not accepted before') : this.mayPresentMore();
  }

  /** To be called before the bytes leave: a value whose answer is lost counts as well. */
  presenting(code: Uint8Array): void {
    this.#values.push(secretCopy(code));
  }

  /** The value presented last was right: it cost no try, and may be presented again. */
  accepted(): void {
    wipe(this.#values.pop());
  }

  forget(): void {
    wipe(...this.#values.splice(0));
  }
}
