/** What a card's front owes the card port, whether it is read or stood in for; see `CardFront`. */
import { describe, expect, test } from 'vitest';
import type { CardFront } from '../../src/card/front/card-front.ts';

/** A front that the test can lay a card before. */
export type FrontBench = {
  readonly front: CardFront;
  readonly simulated: boolean;
  /** Lays a persona's card down and gives back the 照合番号B that is printed on it; undefined when none is. */
  place(personaId: string): Promise<string | undefined>;
  remove(): void;
  /** Waits for `work`, letting what time passes that the front's clock needs. */
  settle<T>(work: Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export function cardFrontContract(name: string, open: () => Promise<FrontBench>): void {
  const signal = new AbortController().signal;

  async function opened(body: (bench: FrontBench) => Promise<void>): Promise<void> {
    const bench = await open();
    try {
      await body(bench);
    } finally {
      await bench.close();
    }
  }

  describe(`card front: ${name}`, () => {
    test('says whether it is simulated', () =>
      opened(async ({ front, simulated }) => {
        expect(front.simulated).toBe(simulated);
      }));

    test('gives the 14 digits that are printed there, anew each time: whoever asked wipes them', () =>
      opened(async ({ front, place, settle }) => {
        const printed = await place('adult');
        for (let reading = 0; reading < 2; reading++) {
          const code = await settle(front.readCode(signal));
          if (!code.ok) throw new Error(code.fault.code);
          expect(Buffer.from(code.value).toString('latin1')).toBe(printed);
          expect(printed).toMatch(/^[0-9]{14}$/);
          code.value.fill(0);
        }
      }));

    test('gives the code of the card that lies there now', () =>
      opened(async ({ front, place, remove, settle }) => {
        const first = await place('adult');
        remove();
        const second = await place('rare-name');
        expect(second).not.toBe(first);
        expect(await settle(front.readCode(signal))).toEqual({
          ok: true,
          value: Uint8Array.from(Buffer.from(second ?? '', 'latin1')),
        });
      }));

    test('is CARD-108 when nothing lies there, any more or yet, and for a card without a code', () =>
      opened(async ({ front, place, remove, settle }) => {
        const refused = { ok: false, fault: { code: 'CARD-108' } };
        expect(await settle(front.readCode(signal))).toMatchObject(refused);
        await place('adult');
        remove();
        expect(await settle(front.readCode(signal))).toMatchObject(refused);
        expect(await place('transit-card')).toBeUndefined();
        expect(await settle(front.readCode(signal))).toMatchObject(refused);
      }));

    test('aborted before or meanwhile it ends with a fault, and the next reading is undisturbed', () =>
      opened(async ({ front, place, settle }) => {
        const printed = await place('adult');
        expect(await settle(front.readCode(AbortSignal.abort()))).toMatchObject({ ok: false });
        const stopping = new AbortController();
        const stopped = front.readCode(stopping.signal);
        stopping.abort();
        expect(await settle(stopped)).toMatchObject({ ok: false });
        const next = await settle(front.readCode(signal));
        expect(next.ok && Buffer.from(next.value).toString('latin1')).toBe(printed);
      }));
  });
}
