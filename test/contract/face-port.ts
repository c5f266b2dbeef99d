/** What face matching owes a reception; see `FacePort`. */
import { beforeAll, describe, expect, test } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { emptyRoomFrames } from '../../src/bench/faces/photo-frames.ts';
import type { FaceHint, FacePort, FaceSession, Frame } from '../../src/reception/ports.ts';
import { cameraShowing, framesFrom, never, portraitJp2Of, settled } from '../face/fixtures.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

/** A face port whose worker the test can kill. */
export type FaceBench = {
  readonly face: FacePort;
  readonly clock: SimulatedClock;
  /** Ends the worker, whatever it is asked for from now on. */
  kill(): Promise<void>;
};

export function facePortContract(name: string, open: () => FaceBench): void {
  const { face, clock, kill } = open();
  const settle = <T>(work: Promise<T>, withinMs?: number) => settled(clock, work, withinMs);
  const noHint = () => {};
  const faultOf = (code: string) => ({ ok: false, fault: { code } });
  const matched = (is: boolean) => ({ ok: true, value: { matched: is } });

  const enrol = async (session: FaceSession, person: string) => settle(session.enrol(await portraitJp2Of(person), never));
  const before = async (pictures: readonly Uint8Array[]) => framesFrom(cameraShowing(clock, pictures));
  const personBefore = async (person: string) => before(await framesOf(person));

  /** These pictures and then nothing more: a camera that hangs. */
  async function* few(pictures: readonly Uint8Array[]): AsyncGenerator<Frame> {
    for (const [sequence, jpeg] of pictures.entries()) yield { jpeg, atMs: clock.now(), sequence };
    await new Promise(() => {});
  }

  /** How long, in the reader's own time, until `work` has ended. */
  async function lasting<T>(work: Promise<T>): Promise<{ result: T; ms: number }> {
    const fromMs = clock.now();
    return { result: await settle(work), ms: clock.now() - fromMs };
  }

  describe(`face port: ${name}`, () => {
    beforeAll(async () => {
      expect(await settle(face.ready(never))).toMatchObject({ ok: true });
    });

    describe('a comparison', () => {
      test('accepts the person of the portrait, and tells on what it decided', async () => {
        const session = face.open();
        await enrol(session, 'a');
        const hints: FaceHint[] = [];
        const decision = await settle(session.match(await personBefore('a'), (hint) => hints.push(hint), never));
        if (!decision.ok) throw new Error(decision.fault.code);
        const { score, threshold, frames, model } = decision.value;
        expect(decision.value.matched).toBe(true);
        expect(score).toBeGreaterThanOrEqual(threshold);
        expect(score).toBeLessThanOrEqual(1);
        expect(frames).toBeGreaterThan(1);
        expect(model).not.toBe('');
        expect(hints).toContain('comparing');
      });

      test('refuses another person, and may be tried again with the same portrait', async () => {
        const session = face.open();
        await enrol(session, 'a');
        const refused = await settle(session.match(await personBefore('b'), noHint, never));
        expect(refused).toMatchObject(matched(false));
        expect(refused.ok && refused.value.score < refused.value.threshold).toBe(true);
        expect(await settle(session.match(await personBefore('a'), noHint, never))).toMatchObject(matched(true));
      });

      test('may begin before the portrait comes, which is waited for', async () => {
        const session = face.open();
        const matching = session.match(await personBefore('c'), noHint, never);
        await clock.advance(9_000);
        expect(await enrol(session, 'c')).toMatchObject({ ok: true });
        expect(await settle(matching)).toMatchObject(matched(true));
      });

      test('after one that was stopped before the portrait came, the next one takes it', async () => {
        const session = face.open();
        expect((await settle(session.enrol(await portraitJp2Of('d'), AbortSignal.abort()), 100)).ok).toBe(false);
        const matching = session.match(await personBefore('d'), noHint, never);
        await enrol(session, 'd');
        expect(await settle(matching)).toMatchObject(matched(true));
      });
    });

    describe('ends in', () => {
      test('FACE-402 after 12 s of an empty room, with "look here" said once', async () => {
        const hints: FaceHint[] = [];
        const session = face.open();
        const room = await before(await emptyRoomFrames());
        const { result, ms } = await lasting(session.match(room, (hint) => hints.push(hint), never));
        expect(result).toMatchObject(faultOf('FACE-402'));
        expect(ms).toBeGreaterThanOrEqual(12_000);
        expect(ms).toBeLessThan(12_500);
        expect(hints).toEqual(['look-here']);
      });

      test('FACE-405 when frames stop for 2 s', async () => {
        const [first] = await framesOf('a');
        const { result, ms } = await lasting(face.open().match(few([first as Uint8Array]), noHint, never));
        expect(result).toMatchObject(faultOf('FACE-405'));
        expect(ms).toBe(2_000);
      });

      test('FACE-405 when no first frame comes for 8 s', async () => {
        const { result, ms } = await lasting(face.open().match(few([]), noHint, never));
        expect(result).toMatchObject(faultOf('FACE-405'));
        expect(ms).toBe(8_000);
      });

      test('FACE-405 when the frames end', async () => {
        const frames = await framesFrom(cameraShowing(clock, await framesOf('a')), AbortSignal.abort());
        expect(await settle(face.open().match(frames, noHint, never))).toMatchObject(faultOf('FACE-405'));
      });

      test('FACE-404 for a portrait that cannot be decoded, and so does the comparison that waits for it', async () => {
        const session = face.open();
        const matching = session.match(await personBefore('a'), noHint, never);
        const noPicture = new Uint8Array(5_000).fill(7);
        expect(await settle(session.enrol(noPicture, never))).toMatchObject(faultOf('FACE-404'));
        expect(await settle(matching)).toMatchObject(faultOf('FACE-404'));
      });

      test('FACE-404 when the portrait never comes', async () => {
        const matching = face.open().match(await personBefore('c'), noHint, never);
        expect(await settle(matching)).toMatchObject(faultOf('FACE-404'));
      });
    });

    describe('nothing is kept', () => {
      test('the portrait and every frame looked at are wiped', async () => {
        const portrait = await portraitJp2Of('e');
        const frames = (await framesOf('e')).slice(0, 3).map((jpeg) => Uint8Array.from(jpeg));
        const session = face.open();
        const matching = session.match(few(frames), noHint, never);
        await settle(session.enrol(portrait, never));
        expect(await settle(matching)).toMatchObject({ ok: true });
        for (const bytes of [portrait, ...frames]) expect(bytes.every((byte) => byte === 0)).toBe(true);
      });

      test('close ends the comparison that runs', async () => {
        const session = face.open();
        const matching = session.match(few([]), noHint, never);
        session.close();
        expect((await settle(matching, 100)).ok).toBe(false);
      });

      test('close forgets the portrait: nobody is compared with it any more, and no other is taken', async () => {
        const session = face.open();
        await enrol(session, 'f');
        session.close();
        expect((await settle(session.match(await personBefore('f'), noHint, never), 100)).ok).toBe(false);
        const late = await portraitJp2Of('f');
        expect((await settle(session.enrol(late, never), 100)).ok).toBe(false);
        expect(late.every((byte) => byte === 0)).toBe(true);
      });

      test('one session knows nothing of another’s portrait', async () => {
        await enrol(face.open(), 'a');
        const matching = face.open().match(await personBefore('a'), noHint, never);
        expect(await settle(matching)).toMatchObject(faultOf('FACE-404'));
      });
    });

    describe('aborted, ends within 100 ms, and the next one is served:', () => {
      test('enrol', async () => {
        const session = face.open();
        const stop = new AbortController();
        const stopped = session.enrol(await portraitJp2Of('a'), stop.signal);
        stop.abort();
        expect((await settle(stopped, 100)).ok).toBe(false);
        expect(await enrol(session, 'a')).toMatchObject({ ok: true });
      });

      test('match, while it looks at frames and while it waits for one', async () => {
        const session = face.open();
        await enrol(session, 'a');
        const frames = (await framesOf('a')).map((jpeg) => Uint8Array.from(jpeg));
        for (const pictures of [frames.slice(0, 1), []]) {
          const stop = new AbortController();
          const stopped = session.match(few(pictures), noHint, stop.signal);
          await clock.advance(1);
          stop.abort();
          expect((await settle(stopped, 100)).ok).toBe(false);
        }
        expect(await settle(session.match(await personBefore('a'), noHint, never))).toMatchObject(matched(true));
      });
    });

    test('a worker that dies ends what runs in FACE-406, and the next session works', async () => {
      const session = face.open();
      const [portrait, frames] = [await portraitJp2Of('a'), await personBefore('a')];
      const killed = kill();
      const enrolling = session.enrol(portrait, never);
      const matching = session.match(frames, noHint, never);
      await killed;
      expect(await settle(enrolling)).toMatchObject(faultOf('FACE-406'));
      expect(await settle(matching)).toMatchObject(faultOf('FACE-406'));
      expect(await settle(face.ready(never))).toMatchObject(faultOf('FACE-406'));

      await clock.advance(1_000);
      const starting = new AbortController();
      const stopped = face.ready(starting.signal);
      starting.abort();
      expect((await settle(stopped, 100)).ok).toBe(false);
      expect(await settle(face.ready(never))).toMatchObject({ ok: true });
      const next = face.open();
      await enrol(next, 'a');
      expect(await settle(next.match(await personBefore('a'), noHint, never))).toMatchObject(matched(true));
    });
  });
}
