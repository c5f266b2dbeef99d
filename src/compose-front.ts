/** The camera above the card's place, and what is read through it. */
import { createV4l2Camera, type V4l2Camera } from './camera/v4l2-camera.ts';
import type { CardFront } from './card/front/card-front.ts';
import { readFrontDesign } from './card/front/design-file.ts';
import { createPrintedFront } from './card/front/printed-front.ts';
import type { Clock } from './clock.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { Site } from './unit/site.ts';

export type OpenedFront = {
  readonly front: CardFront;
  /** Absent where the unit has none. */
  readonly camera?: V4l2Camera;
};

/** Without a camera, or without a design to read by, staff type 照合番号B. Fault: SYS-902 (a wrong design). */
export function openCardFront({ card, without }: Site, clock: Clock): Result<OpenedFront> {
  if (without.includes('card-camera')) return ok({ front: unread('this unit has no camera for the card’s front') });
  const camera = createV4l2Camera({ device: card.camera, clock });
  if (card.frontDesign === undefined) return ok({ camera, front: unread('how cards are printed has not been set') });
  const design = readFrontDesign(card.frontDesign);
  return design.ok ? ok({ camera, front: createPrintedFront({ camera, design: design.value, clock }) }) : design;
}

const unread = (why: string): CardFront => ({ simulated: false, readCode: async () => failed('CARD-108', why) });
