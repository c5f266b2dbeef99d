import { defineConfig } from 'vitest/config';

/** A person before a camera, one who listens, a page that must be noticed in time: their clock is the machine's, so they run alone. */
const onRealTime = [
  'test/browser/**/*.test.ts',
  'test/kiosk/guidance.test.ts',
  'test/kiosk/browser-watch*.test.ts',
  'test/kiosk/keys.test.ts',
  'test/kiosk/voice-only.test.ts',
];

const common = { pool: 'forks', testTimeout: 120_000, hookTimeout: 240_000, teardownTimeout: 10_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: onRealTime,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { test: { ...common, name: 'alone', include: onRealTime, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
