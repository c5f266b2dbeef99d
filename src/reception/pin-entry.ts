/**
 * The one owner of a PIN, a typed 照合番号B or a facility password while it is being entered: bytes, never a string, wiped after use.
 * Digits come one a message; whoever receives one wipes its own buffer too.
 */
export class PinEntry {
  readonly #bytes: Buffer;
  #count = 0;

  constructor(length = 4) {
    // Given a buffer, V8 does not put the bytes into its own heap, where a collection would leave copies of them behind.
    this.#bytes = Buffer.from(new ArrayBuffer(length));
  }

  get length(): number {
    return this.#bytes.length;
  }

  get count(): number {
    return this.#count;
  }

  get complete(): boolean {
    return this.#count === this.#bytes.length;
  }

  /** @param ascii one digit as ASCII, 0x30–0x39; anything else, or a digit too many, is ignored */
  press(ascii: number): void {
    if (this.complete || ascii < 0x30 || ascii > 0x39) return;
    this.#bytes[this.#count++] = ascii;
  }

  erase(): void {
    if (this.#count > 0) this.#bytes[--this.#count] = 0;
  }

  /** Lends the digits to `use` (do not keep them) and wipes them when it has ended, however it ends. */
  async spend<T>(use: (ascii: Uint8Array) => Promise<T>): Promise<T> {
    try {
      return await use(this.#bytes.subarray(0, this.#count));
    } finally {
      this.wipe();
    }
  }

  wipe(): void {
    this.#bytes.fill(0);
    this.#count = 0;
  }
}
