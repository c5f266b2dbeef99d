/** What the card owes a reception, whatever module it lies on; see `CardPort`. */
import { verify, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { encodeCommand } from '../../src/card/apdu.ts';
import { sign } from '../../src/card/commands.ts';
import { digestInfo, sha256 } from '../../src/card/my-number/digest-info.ts';
import type { Result } from '../../src/faults/result.ts';
import type { CardEvent, CardPort } from '../../src/reception/ports.ts';
import { pinOf, unhurried } from '../card/bench-card.ts';
import { bytes } from '../card/hex.ts';
import type { TimedLine } from '../card/timed-line.ts';

/** A card port whose module and cable the test can handle; the module is not started yet. */
export type CardPortBench = {
  readonly port: CardPort;
  readonly line: Pick<TimedLine, 'unplug' | 'plugIn' | 'until' | 'settle'>;
  /** Commands that have reached the card. */
  readonly commands: readonly Uint8Array[];
  start(): Promise<Result<void>>;
  /** Lays the card down; ends when the port has told of it. */
  place(card: VirtualCard): Promise<void>;
  remove(): void;
  close(): Promise<void>;
};

/** @param card issues a persona's card with this portrait */
export function cardPortContract(
  name: string,
  open: () => Promise<CardPortBench>,
  card: (personaId: string, portraitJp2: Uint8Array) => Promise<VirtualCard>,
  portraitJp2: () => Promise<Uint8Array>,
): void {
  const challenge = Buffer.from('32 bytes that the gateway drew..');
  const selectJpki = bytes('00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01');
  const selectKey = bytes('00 A4 02 0C 02 00 17');
  const calls: Record<string, (port: CardPort, signal: AbortSignal) => Promise<Result<unknown>>> = {
    survey: (port, signal) => port.survey(signal),
    readPortrait: (port, signal) => port.readPortrait(signal),
    verifyPin: (port, signal) => port.verifyPin(pinOf('1234'), 3, signal),
    prove: (port, signal) => port.prove(challenge, signal),
    relay: (port, signal) => port.relay([selectJpki, selectJpki], signal),
  };
  const everyCall = Object.entries(calls);
  const codeOf = (result: Result<unknown>) => (result.ok ? 'fine' : result.fault.code);

  describe(`card port: ${name}`, () => {
    let bench: CardPortBench;
    let events: CardEvent[];
    const settle = <T>(work: Promise<T>, withinMs?: number) => bench.line.settle(work, withinMs);
    const enter = (digits: string, knownTriesLeft: number) =>
      settle(bench.port.verifyPin(pinOf(digits), knownTriesLeft, unhurried));
    const prove = () => settle(bench.port.prove(challenge, unhurried));
    const told = () => events.map((event) => event.type);

    beforeEach(async () => {
      bench = await open();
      events = [];
      bench.port.watch((event) => events.push(event));
      expect(await bench.start()).toEqual({ ok: true });
    });
    afterEach(() => bench.close());

    async function placed(personaId: string): Promise<VirtualCard> {
      const placing = await card(personaId, await portraitJp2());
      await bench.place(placing);
      return placing;
    }

    async function surveyed(personaId: string): Promise<VirtualCard> {
      const placing = await placed(personaId);
      expect((await settle(bench.port.survey(unhurried))).ok).toBe(true);
      return placing;
    }

    describe('watch', () => {
      test('tells of the module, of a card placed, and within 500 ms of its removal', async () => {
        await placed('adult');
        bench.remove();
        await bench.line.until(() => events.length === 3, 500);
        expect(told()).toEqual(['module-ready', 'placed', 'removed']);
      });

      test('tells a late listener of the card that lies there, and nothing any more once it has stopped', async () => {
        await placed('adult');
        const late: CardEvent[] = [];
        const stop = bench.port.watch((event) => late.push(event));
        expect(late).toEqual([{ type: 'placed' }]);
        stop();
        bench.remove();
        await bench.line.until(() => events.length === 3, 500);
        expect(late).toHaveLength(1);
      });

      test('tells of a module that is lost and found again, and of the card that still lies there', async () => {
        await placed('adult');
        await bench.line.unplug();
        await bench.line.until(() => events.length === 3, 2_000);
        expect(events.at(-1)).toEqual({ type: 'module-lost', code: 'MOD-202' });
        await bench.line.plugIn();
        await bench.line.until(() => events.length === 5, 3_000);
        expect(told().slice(3)).toEqual(['module-ready', 'placed']);
      });
    });

    describe('survey', () => {
      test.each([
        ['adult', { at: 'ready', triesLeft: 3 }],
        ['one-try-left', { at: 'ready', triesLeft: 1 }],
        ['pin-locked', { at: 'locked' }],
      ] as const)('%s: PIN as the card counts it, and no try is spent', async (personaId, pin) => {
        const { statistics } = await placed(personaId);
        expect(await settle(bench.port.survey(unhurried))).toEqual({ ok: true, value: { pin, portrait: true, carrier: 'card' } });
        expect(statistics.verifies).toBe(0);
      });

      test.each([
        ['transit-card', 'CARD-103'],
        ['mute-card', 'CARD-102'],
      ])('%s is told apart: %s', async (personaId, code) => {
        await placed(personaId);
        expect(codeOf(await settle(bench.port.survey(unhurried)))).toBe(code);
      });
    });

    test('readPortrait gives the card’s own JP2 and the name as it is printed, each time anew, for one presentation of 照合番号B each', async () => {
      const { statistics } = await surveyed('adult');
      for (const presentations of [1, 2]) {
        const read = await settle(bench.port.readPortrait(unhurried));
        if (!read.ok) throw new Error(read.fault.code);
        // The signature box that every JP2 file begins with (ISO/IEC 15444-1 §I.5.1).
        expect(read.value.portrait.subarray(0, 12)).toEqual(bytes('00 00 00 0C 6A 50 20 20 0D 0A 87 0A'));
        expect(read.value.portrait).toEqual(await portraitJp2());
        // PNG, one bit a pixel (ISO/IEC 15948 §5.2, §11.2.2).
        expect(read.value.name.subarray(0, 8)).toEqual(bytes('89 50 4E 47 0D 0A 1A 0A'));
        expect(read.value.name[24]).toBe(1);
        read.value.portrait.fill(0);
        read.value.name.fill(0);
        expect(statistics).toMatchObject({ verifies: presentations, pinVerifies: 0, signatures: presentations });
      }
    });

    describe('verifyPin', () => {
      test('right: one VERIFY, and then the card signs under its certificate', async () => {
        const { statistics, holder } = await surveyed('adult');
        expect(await enter('1234', 3)).toEqual({ ok: true, value: { at: 'right' } });
        const proof = await prove();
        if (!proof.ok) throw new Error(proof.fault.code);
        expect(proof.value.certificate).toEqual(holder?.certificateDer);
        const { publicKey } = new X509Certificate(proof.value.certificate);
        expect(verify('sha256', challenge, publicKey, proof.value.signature)).toBe(true);
        expect(statistics).toMatchObject({ verifies: 1, signatures: 1 });
      });

      test('wrong, wrong, wrong: each entry is one VERIFY, and a locked card is sent no more', async () => {
        const { statistics } = await surveyed('adult');
        expect(await enter('0000', 3)).toEqual({ ok: true, value: { at: 'wrong', triesLeft: 2 } });
        expect(await enter('0001', 2)).toEqual({ ok: true, value: { at: 'wrong', triesLeft: 1 } });
        expect(await enter('0002', 1)).toEqual({ ok: true, value: { at: 'locked' } });
        expect(await enter('1234', 0)).toEqual({ ok: true, value: { at: 'locked' } });
        expect(statistics).toMatchObject({ pinVerifies: 3, verifiesWhileBlocked: 0 });
      });

      test('sends nothing when the card counts fewer tries than the patient was told', async () => {
        const { statistics } = await surveyed('one-try-left');
        expect(codeOf(await enter('1234', 3))).toBe('PIN-303');
        expect(statistics.pinVerifies).toBe(0);
        expect(await enter('1234', 1)).toEqual({ ok: true, value: { at: 'right' } });
      });

      test('wipes the entry, whatever comes of it', async () => {
        await surveyed('adult');
        for (const digits of ['1234', '0000']) {
          const pin = pinOf(digits);
          await settle(bench.port.verifyPin(pin, 3, unhurried));
          expect(pin.count).toBe(0);
        }
      });
    });

    describe('prove', () => {
      test('is CARD-110 without a right PIN, and after anything else was done with the card in between', async () => {
        await surveyed('adult');
        expect(codeOf(await prove())).toBe('CARD-110');
        const between = [
          () => bench.port.survey(unhurried),
          () => bench.port.readPortrait(unhurried),
          // The card itself would still sign after this one.
          () => bench.port.relay([selectKey], unhurried),
        ];
        for (const work of between) {
          await enter('1234', 3);
          expect((await settle<Result<unknown>>(work())).ok).toBe(true);
          expect(codeOf(await prove())).toBe('CARD-110');
        }
      });

      test('is CARD-110 for the next card', async () => {
        await surveyed('adult');
        await enter('1234', 3);
        bench.remove();
        await bench.line.until(() => told().at(-1) === 'removed', 500);
        await surveyed('rare-name');
        expect(codeOf(await prove())).toBe('CARD-110');
      });
    });

    describe('relay', () => {
      test('passes commands unchanged, extended ones too, and stops after one that is not answered 9000', async () => {
        await surveyed('adult');
        const from = bench.commands.length;
        const long = Uint8Array.of(...bytes('80 A2 06 C1 00 01 33'), ...new Uint8Array(307));
        const answers = await settle(bench.port.relay([selectJpki, long, selectJpki], unhurried));
        expect(bench.commands.slice(from)).toEqual([selectJpki, long]);
        if (!answers.ok) throw new Error(answers.fault.code);
        expect(answers.value).toHaveLength(2);
        expect(answers.value[0]).toEqual(bytes('90 00'));
        expect(answers.value[1]?.at(-2)).not.toBe(0x90);
      });

      test('a command that would spend a try of the patient is CARD-109 and is not passed on', async () => {
        const { statistics } = await surveyed('adult');
        const verifyOfGateway = bytes('00 20 00 98 04 31 32 33 34');
        expect(codeOf(await settle(bench.port.relay([selectJpki, verifyOfGateway], unhurried)))).toBe('CARD-109');
        expect(statistics.verifies).toBe(0);
      });

      test('bytes that are no command do no harm', async () => {
        await surveyed('adult');
        const nonsense = ['', '00', '00 A4 04 0C FF 01', 'FF FF FF FF'].map(bytes);
        for (const command of nonsense) await settle(bench.port.relay([command], unhurried), 5_000);
        expect(await enter('1234', 3)).toEqual({ ok: true, value: { at: 'right' } });
      });
    });

    describe('release', () => {
      test('forgets a right PIN, and has the card forget it too', async () => {
        await surveyed('adult');
        await enter('1234', 3);
        await settle(bench.port.release(), 1_000);
        expect(codeOf(await prove())).toBe('CARD-110');
        const signature = encodeCommand(sign('selected-key', digestInfo(sha256(challenge))));
        const answers = await settle(bench.port.relay([selectKey, signature], unhurried));
        expect(answers.ok && answers.value.at(-1)?.at(-2) === 0x90).toBe(false);
        expect((await settle(bench.port.survey(unhurried))).ok).toBe(true);
      });

      test('ends also when no card lies there, or no module is', async () => {
        await settle(bench.port.release(), 3_000);
        await bench.line.unplug();
        await settle(bench.port.release(), 3_000);
      });
    });

    describe.each(everyCall)('%s', (name, call) => {
      test('aborted before it, or at its first command: ends within 100 ms, no try is spent, the card is usable', async () => {
        const { statistics } = await surveyed('adult');
        await enter('1234', 3);
        const from = bench.commands.length;
        expect((await settle(call(bench.port, AbortSignal.abort()), 100)).ok).toBe(false);
        expect(bench.commands).toHaveLength(from);

        if (name === 'prove') await enter('1234', 3);
        const verifies = statistics.verifies;
        const before = bench.commands.length;
        const stopping = new AbortController();
        const stopped = call(bench.port, stopping.signal);
        await bench.line.until(() => bench.commands.length > before, 5_000);
        stopping.abort();
        expect((await settle(stopped, 100)).ok).toBe(false);
        expect(await settle(bench.port.survey(unhurried))).toMatchObject({ ok: true });
        expect(statistics.verifies).toBe(verifies);
      });

      test('is a fault, and no rejection, without a card', async () => {
        expect(codeOf(await settle(call(bench.port, unhurried), 1_000))).toMatch(/^CARD-1(01|08|10)$/);
      });

      test('is a fault, and no rejection, when the card is taken away meanwhile', async () => {
        await surveyed('adult');
        await enter('1234', 3);
        const from = bench.commands.length;
        const torn = call(bench.port, unhurried);
        await bench.line.until(() => bench.commands.length > from, 5_000);
        bench.remove();
        expect(codeOf(await settle(torn, 500))).toBe('CARD-101');
      });

      test('is a fault, and no rejection, when the cable is pulled meanwhile', async () => {
        await surveyed('adult');
        await enter('1234', 3);
        const from = bench.commands.length;
        const cut = call(bench.port, unhurried);
        await bench.line.until(() => bench.commands.length > from, 5_000);
        await bench.line.unplug();
        expect(codeOf(await settle(cut, 2_000))).toMatch(/^(MOD-202|PIN-303)$/);
        expect(codeOf(await settle(call(bench.port, unhurried), 1_000))).toMatch(/^(MOD-202|CARD-110)$/);
      });
    });
  });
}
