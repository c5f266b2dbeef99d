import { expect, test } from 'vitest';
import { Timeline } from '../../src/reception/timeline.ts';

test('the machine’s share is the whole time less what others took, overlaps counted once', async () => {
  let now = 1000;
  const timeline = new Timeline(() => now);
  timeline.restart();
  timeline.enter('reading');
  timeline.add('wire', 1010, 1050);
  timeline.add('wire', 1040, 1060);
  timeline.add('gateway', 1020, 1030);
  now = 1100;
  timeline.enter('choosing');
  now = 5000;
  timeline.enter('matching-face');
  const frame = timeline.waiting('camera', async () => {
    now = 5100;
  });
  await frame;
  now = 5200;
  timeline.enter('done');
  // reading 100 − wire 50; choosing is the person's; waiting for a picture is the machine's
  expect(timeline.machineMs()).toBe(50 + 200);
  expect(timeline.waits()).toEqual({ wire: 50, gateway: 10, person: 3900, camera: 100 });
  expect(timeline.stages().map(({ stage, startMs, durationMs }) => [stage, startMs, durationMs])).toEqual([
    ['reading', 0, 100],
    ['choosing', 100, 3900],
    ['matching-face', 4000, 200],
    ['done', 4200, 0],
  ]);
});

test('a wait may end at a time that has passed: what comes after it is the machine’s', () => {
  let now = 0;
  const timeline = new Timeline(() => now);
  timeline.restart();
  timeline.enter('matching-face');
  now = 300;
  const answered = timeline.begin('person');
  now = 2000;
  answered(1900);
  timeline.enter('proving');
  expect(timeline.waits().person).toBe(1600);
  expect(timeline.machineMs()).toBe(400);
});
