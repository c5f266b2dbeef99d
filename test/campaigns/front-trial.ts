/** One random card front before the camera, read as the product reads it: through the port, plausibility, two pictures. */
import { expiryDate, verificationCodeB } from '../../src/bench/card/verification-code.ts';
import { benchDesign } from '../../src/bench/front/bench-design.ts';
import { type ConditionKind, conditionOf } from '../../src/bench/front/condition.ts';
import type { FrontPrint } from '../../src/bench/front/draw-front.ts';
import { picturesOfFront } from '../../src/bench/front/front-pictures.ts';
import { createPrintedFront } from '../../src/card/front/printed-front.ts';
import type { Clock } from '../../src/clock.ts';
import type { CameraPort, Frame } from '../../src/reception/ports.ts';
import { seededRandom } from '../../src/setup/seeded-random.mjs';

export type Trial = {
  readonly seed: string;
  readonly kind: ConditionKind;
  /** `wrong`: the card would have been presented a value that is not its own. */
  readonly outcome: 'right' | 'wrong' | 'fallback';
  /** Why nothing was read, or which digits came out wrong. */
  readonly detail: string | undefined;
  readonly frameMs: readonly number[];
  readonly firstJpeg: Uint8Array;
};

/** A front that shows nothing certain in so many pictures does not in more: what lies on it stays. */
const MOST_PICTURES = 3;
const LONGEST_PAUSE_MS = 1_000;
const today = new Date('2026-04-01T09:00:00+09:00');

/** A picture takes longer to draw than to read: time stands still, and a pause is over at once. */
const clock: Clock = {
  now: () => 0,
  wall: () => today,
  after(delayMs, action) {
    if (delayMs < LONGEST_PAUSE_MS) queueMicrotask(action);
    return () => {};
  },
};

let pictured: () => AsyncIterable<Frame>;
const camera: CameraPort = { frames: async () => ({ ok: true, value: pictured() }) };
const front = createPrintedFront({ camera, design: benchDesign, clock });

/** One at a time. */
export async function tryFront(kind: ConditionKind, seed: string): Promise<Trial> {
  const random = seededRandom(seed);
  const print = randomPrint(random);
  const pictures = picturesOfFront(print, conditionOf(kind, random), seed);
  const frameMs: number[] = [];
  let firstJpeg: Uint8Array | undefined;

  async function* frames() {
    for (let sequence = 0; sequence < MOST_PICTURES; sequence++) {
      const { value: jpeg } = await pictures.next();
      firstJpeg ??= Uint8Array.from(jpeg);
      const startMs = performance.now();
      try {
        yield { jpeg, atMs: 0, sequence };
      } finally {
        frameMs.push(performance.now() - startMs);
      }
    }
  }
  pictured = frames;
  const read = await front.readCode(new AbortController().signal);
  const printed = verificationCodeB(print.birth, print.expiry.slice(0, 4), print.securityCode, print.birthYear);
  const code = read.ok ? Buffer.from(read.value).toString('latin1') : undefined;
  return {
    seed,
    kind,
    outcome: code === undefined ? 'fallback' : code === printed ? 'right' : 'wrong',
    detail: read.ok ? (code === printed ? undefined : `${code} for ${printed}`) : read.fault.detail,
    frameMs,
    firstJpeg: firstJpeg ?? new Uint8Array(),
  };
}

/** Anyone alive, with any card in use: most with an era, some with a Gregorian year and a permitted stay. */
function randomPrint(random: () => number): FrontPrint {
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const birth = new Date(Date.UTC(whole(1913, 2025), 0, whole(1, 366))).toISOString().slice(0, 10);
  const birthYear = random() < 0.15 ? 'gregorian' : 'japanese';
  const stay = new Date(Date.UTC(whole(2026, 2035), 0, whole(1, 366))).toISOString().slice(0, 10).replaceAll('-', '');
  const least = Math.max(0, Number(birth.slice(0, 4)) + 5 - 2026);
  const onBirthday = expiryDate(birth, today, whole(least, 9));
  return {
    name: '見本　花子',
    address: '東京都架空区見本町一丁目2番3号',
    birth,
    birthYear,
    sex: random() < 0.5 ? '1' : '2',
    expiry: birthYear === 'japanese' ? onBirthday : stay,
    securityCode: String(whole(0, 9999)).padStart(4, '0'),
    portrait: undefined,
  };
}
