/** The challenge through the whole port, as a person and as a photograph meet it. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createNoisySensor } from '../../src/bench/faces/noisy-sensor.ts';
import { framesOf, turningFramesOf } from '../../src/bench/faces/persona-faces.ts';
import { framesFromPhoto } from '../../src/bench/faces/photo-frames.ts';
import { createRecordedCamera } from '../../src/bench/faces/recorded-camera.ts';
import { createTurningHead, type HeadPictures } from '../../src/bench/faces/turning-head.ts';
import type { FaceHint, FaceSession, Frame } from '../../src/reception/ports.ts';
import { faceOnSimulatedTime, framesFrom, portraitJp2Of, settled } from './fixtures.ts';

/** Half of what the bench's camera plays: a slow board sees no more. */
const FPS = 5;

const { clock, face } = faceOnSimulatedTime({ challenge: 'turn' });
const headOf = async (person: string): Promise<HeadPictures> => ({
  front: await framesOf(person),
  left: await turningFramesOf(person, 'left'),
  right: await turningFramesOf(person, 'right'),
});

type Before = {
  readonly pictures: HeadPictures;
  /** Every picture as it is, without fresh noise. */
  readonly replayed?: boolean;
  readonly onFrame?: (frame: Frame, asked: boolean) => Frame;
};

async function sessionFor(person: string): Promise<FaceSession> {
  const session = face.open();
  await settled(clock, session.enrol(await portraitJp2Of(person), new AbortController().signal));
  return session;
}

/** Whoever stands there turns the head as the hints ask. */
async function attempt(session: FaceSession, { pictures, replayed = false, onFrame = (frame) => frame }: Before) {
  const head = createTurningHead(pictures);
  const camera = createRecordedCamera({
    clock,
    fps: FPS,
    framesFor: () => head.next(),
    hold: clock.hold,
    ...(replayed ? {} : { sensor: createNoisySensor() }),
  });
  const stop = new AbortController();
  const hints: FaceHint[] = [];
  const frames = await framesFrom(camera, stop.signal);
  async function* passedOn(): AsyncGenerator<Frame> {
    for await (const frame of frames) yield onFrame(frame, hints.some(isTurn));
  }
  const told = (hint: FaceHint) => {
    hints.push(hint);
    head.turnTo(hint === 'turn-left' ? 'left' : hint === 'turn-right' ? 'right' : 'front');
  };
  const fromMs = clock.now();
  const decision = await settled(clock, session.match(passedOn(), told, stop.signal));
  stop.abort();
  return { decision, hints, ms: clock.now() - fromMs };
}
/** FFFE, length, text: changes the file and not the picture. */
const JPEG_COMMENT = Buffer.from([0xff, 0xfe, 0, 4, 0x68, 0x69]);
const isTurn = (hint: FaceHint) => hint === 'turn-left' || hint === 'turn-right';

describe('whoever matches', () => {
  test.each(['a', 'b', 'c', 'd', 'e', 'f'])('%s is asked for one turn of the head, and passes with it', async (person) => {
    const { decision, hints, ms } = await attempt(await sessionFor(person), { pictures: await headOf(person) });
    expect(decision).toMatchObject({ ok: true, value: { matched: true, liveness: 'head-turned' } });
    expect(hints.filter(isTurn)).toHaveLength(1);
    expect(ms).toBeLessThan(4_000);
  });

  test('and does not turn is not accepted: FACE-407 after 10 s', async () => {
    const { front } = await headOf('a');
    const { decision, ms } = await attempt(await sessionFor('a'), { pictures: { front } });
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-407' } });
    expect(ms).toBeGreaterThan(10_000);
    expect(ms).toBeLessThan(12_000);
  });

  test('and turns to the wrong side is not accepted', async () => {
    const { front, left = [], right = [] } = await headOf('b');
    const { decision } = await attempt(await sessionFor('b'), { pictures: { front, left: right, right: left } });
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-407' } });
  });
});

test('whoever does not match is not asked for anything', async () => {
  const { decision, hints } = await attempt(await sessionFor('a'), { pictures: await headOf('b') });
  expect(decision).toMatchObject({ ok: true, value: { matched: false, liveness: 'not-asked' } });
  expect(hints.filter(isTurn)).toEqual([]);
});

test('a photograph held up is not accepted', async () => {
  const [photo] = await framesOf('a');
  const pictures = { front: await framesFromPhoto(photo as Uint8Array) };
  const { decision, hints } = await attempt(await sessionFor('a'), { pictures });
  expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-407' } });
  expect(hints.filter(isTurn)).toHaveLength(1);
});

test('somebody else who turns the head in place of whoever matched is not accepted', async () => {
  const [{ front }, other] = [await headOf('a'), await headOf('b')];
  const { left = [], right = [] } = other;
  const { decision } = await attempt(await sessionFor('a'), { pictures: { front, left, right } });
  // The face was lost, all began anew, and now it is the other one's.
  expect(decision).toMatchObject({ ok: true, value: { matched: false } });
});

test('a recording of the attempt that passed does not pass again, in a file of other bytes neither', async () => {
  const session = await sessionFor('a');
  const recording: Uint8Array[] = [];
  const onFrame = (frame: Frame): Frame => {
    recording.push(Uint8Array.from(frame.jpeg));
    return frame;
  };
  const first = await attempt(session, { pictures: await headOf('a'), onFrame });
  expect(first.decision).toMatchObject({ ok: true, value: { matched: true } });
  const commented = recording.map((jpeg) => Buffer.concat([jpeg.subarray(0, 2), JPEG_COMMENT, jpeg.subarray(2)]));
  for (const front of [recording, commented]) {
    const { decision } = await attempt(session, { pictures: { front }, replayed: true });
    expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-402' } });
  }
});

test('frames out of order count for nothing', async () => {
  const { decision } = await attempt(await sessionFor('a'), {
    pictures: await headOf('a'),
    onFrame: (frame, asked) => (asked ? { ...frame, sequence: 0 } : frame),
  });
  expect(decision).toMatchObject({ ok: false, fault: { code: 'FACE-407' } });
});

describe('with an infrared camera', () => {
  const infraredOf = async (person: string) =>
    sharp((await framesOf(person))[0])
      .greyscale()
      .jpeg()
      .toBuffer();

  test('that sees the face as well, one turn is enough, and its pictures are wiped', async () => {
    const infrared = await infraredOf('a');
    const given: Uint8Array[] = [];
    const onFrame = (frame: Frame): Frame => {
      given.push(Uint8Array.from(infrared));
      return { ...frame, infrared: given.at(-1) as Uint8Array };
    };
    const { decision, hints } = await attempt(await sessionFor('a'), { pictures: await headOf('a'), onFrame });
    expect(decision).toMatchObject({ ok: true, value: { liveness: 'head-turned' } });
    expect(hints.filter(isTurn)).toHaveLength(1);
    expect(given.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  test('that sees no face there, a second turn is asked for, to the other side', async () => {
    const dark = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#0a0a0a' } })
      .jpeg()
      .toBuffer();
    const onFrame = (frame: Frame): Frame => ({ ...frame, infrared: Uint8Array.from(dark) });
    const { decision, hints } = await attempt(await sessionFor('a'), { pictures: await headOf('a'), onFrame });
    expect(decision).toMatchObject({ ok: true, value: { liveness: 'head-turned' } });
    expect(new Set(hints.filter(isTurn))).toEqual(new Set(['turn-left', 'turn-right']));
  });
});
