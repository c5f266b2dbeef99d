/** The parts of a unit that its self-test looks at, in the order in which a technician reads them. */
export const testedParts = [
  'card-module',
  'face-camera',
  'card-camera',
  'panel',
  'service-switch',
  'network',
  'gateway',
  'clock',
  'certificates',
  'disk',
  'update-keys',
  'face-models',
  'portrait-decoder',
  'records',
  'audit-log',
  'board',
] as const;

export type TestedPart = (typeof testedParts)[number];

/** What a person must do, see or hear: tested in the menu alone. */
export const testsByHand = ['touch', 'lights', 'sounds', 'pad', 'test-card', 'second-uart'] as const;

export type TestByHand = (typeof testsByHand)[number];
