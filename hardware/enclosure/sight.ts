/** What the two cameras see from where layout.json puts them. */
import type { Layout } from './layout.ts';

/**
 * Millimetres. Eyes are 110 mm below the crown; who sits is 0.55 of the stature above a seat of 420 mm (a common rule of
 * thumb; 1,450 and 1,850 mm are our own choice of the smallest and tallest). How far away: our estimate.
 */
export const people = [
  { who: 'small, in a wheelchair', eyesAt: 420 + 0.55 * 1450 - 110, awayFrom: 450, awayTo: 600 },
  { who: 'tall, in a wheelchair', eyesAt: 420 + 0.55 * 1800 - 110, awayFrom: 450, awayTo: 600 },
  { who: 'small, standing', eyesAt: 1450 - 110, awayFrom: 350, awayTo: 550 },
  { who: 'tall, standing', eyesAt: 1850 - 110, awayFrom: 350, awayTo: 550 },
] as const;
const CROWN_OVER_EYES = 110;
const CHIN_UNDER_EYES = 120;

/** The kiosk page cuts parts of the upright picture's whole width, and sends them so wide (src/kiosk/ui/upright-camera.ts). */
const COMPARED_WIDTH_PX = 640;

/** Top of the counter over the floor. */
export const counters = { low: 720, high: 1000 } as const;

export type Sight = {
  readonly who: string;
  readonly counter: keyof typeof counters;
  /** Degrees between the face and the picture's edge, the nearer of both; negative: cut off. */
  readonly spareDeg: number;
  /** From chin to crown, in the picture that the reader compares. */
  readonly faceTallPx: number;
  /** How far from below the eyes are seen, at most; negative: from above. */
  readonly fromBelowDeg: number;
};

/** Each person at each counter, at the worse of both distances. */
export function faceSights(layout: Layout): readonly Sight[] {
  const place = layout.places['face-camera']?.atMm;
  if (!place) throw new Error('layout.json has no place for the face camera');
  const { acrossDeg, longSidePx, shortSidePx, upDeg } = layout.faceCamera;
  const half = acrossDeg / 2;
  const sent = COMPARED_WIDTH_PX / shortSidePx;
  const focalPx = (sent * longSidePx) / 2 / Math.tan(inRadians(half));
  return Object.entries(counters).flatMap(([name, counterAt]) => {
    const counter = name as keyof typeof counters;
    return people.map(({ who, eyesAt, awayFrom, awayTo }) => {
      const seen = [awayFrom, awayTo].map((fromEdge) => {
        const away = fromEdge + place[1];
        const angle = (at: number) => inDegrees(Math.atan2(at - counterAt - place[2], away)) - upDeg[counter];
        const [chin, crown] = [angle(eyesAt - CHIN_UNDER_EYES), angle(eyesAt + CROWN_OVER_EYES)];
        return {
          spareDeg: Math.min(half - crown, half + chin),
          faceTallPx: focalPx * (Math.tan(inRadians(crown)) - Math.tan(inRadians(chin))),
          fromBelowDeg: angle(eyesAt) + upDeg[counter],
        };
      });
      return {
        who,
        counter,
        spareDeg: Math.min(...seen.map(({ spareDeg }) => spareDeg)),
        faceTallPx: Math.min(...seen.map(({ faceTallPx }) => faceTallPx)),
        fromBelowDeg: Math.max(...seen.map(({ fromBelowDeg }) => fromBelowDeg)),
      };
    });
  });
}

/** @returns how much of the picture's plane is spare around the card, and how finely its front is seen */
export function cardSight({ places, card, cardCamera }: Layout): {
  readonly spareMm: readonly [number, number];
  readonly pxPerMm: number;
} {
  const camera = places['card-camera']?.atMm;
  if (!camera) throw new Error('layout.json has no place for the card camera');
  const height = camera[2] - card.atMm[2];
  const across = 2 * height * Math.tan(inRadians(cardCamera.acrossDeg / 2));
  const deep = (across * cardCamera.shortSidePx) / cardCamera.longSidePx;
  const spare = (seen: number, size: number, aside: number) => (seen - size) / 2 - Math.abs(aside);
  return {
    spareMm: [spare(across, card.sizeMm[0], camera[0] - card.atMm[0]), spare(deep, card.sizeMm[1], camera[1] - card.atMm[1])],
    pxPerMm: cardCamera.longSidePx / across,
  };
}

const inRadians = (degrees: number) => (degrees * Math.PI) / 180;
const inDegrees = (radians: number) => (radians * 180) / Math.PI;
