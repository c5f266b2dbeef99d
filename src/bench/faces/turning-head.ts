/** Where a head faces; left and right are the person's own. */
export type Pose = 'front' | 'left' | 'right';

export type HeadPictures = {
  readonly front: readonly Uint8Array[];
  /** One picture a step, the furthest turned last. Left out where nobody can turn: a photograph, an empty room. */
  readonly left?: readonly Uint8Array[];
  readonly right?: readonly Uint8Array[];
};

export interface TurningHead {
  turnTo(pose: Pose): void;
  /** Moves one step towards the pose. Returns the pictures of where the head is now. */
  next(): readonly Uint8Array[];
}

/** A head that turns by way of the front, a step at a time. */
export function createTurningHead({ front, left = [], right = [] }: HeadPictures): TurningHead {
  let pose: Pose = 'front';
  /** Steps from the front: less than 0 to the left. */
  let at = 0;
  return {
    turnTo(next) {
      pose = next;
    },
    next() {
      const goal = pose === 'front' ? 0 : pose === 'left' ? -left.length : right.length;
      at += Math.sign(goal - at);
      const turned = at < 0 ? left[-at - 1] : right[at - 1];
      return turned ? [turned] : front;
    },
  };
}
