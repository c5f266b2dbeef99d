import { beforeEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../src/faults/result.ts';
import { type Supervisor, superviseBoard } from '../../src/panel/supervisor.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { playedProcesses } from './played-process.ts';

let clock: SimulatedClock;
let processes: ReturnType<typeof playedProcesses>;
let builds: string[];
let losses: Fault[];
let supervisor: Supervisor;

beforeEach(() => {
  clock = createSimulatedClock();
  processes = playedProcesses();
  builds = [];
  losses = [];
  supervisor = superviseBoard({
    ...{ path: '/dev/kazasu-panel', clock, start: processes.start },
    onReady: (build) => builds.push(build),
    onLost: (fault) => losses.push(fault),
    onNews: () => {},
    onKey: () => {},
  });
});

test('a panel that answers is left alone for an hour', async () => {
  processes.latest().ready();
  await clock.advance(3_600_000);
  expect(processes.started).toHaveLength(1);
  expect(losses).toEqual([]);
  await supervisor.close();
});

test('one that answers no echo for a second is replaced, and its process killed', async () => {
  const first = processes.latest();
  first.ready();
  await clock.advance(60_000);
  first.hang();
  await clock.advance(1_500);
  expect(losses).toEqual([{ code: 'PANEL-251', detail: 'the panel does not answer' }]);
  expect(first.killed).toBe(true);
  expect(processes.started).toHaveLength(2);
  processes.latest().ready('second');
  expect(builds).toEqual(['abc', 'second']);
  await supervisor.close();
});

test('one that does not get ready within 10 s is replaced', async () => {
  await clock.advance(10_100);
  expect(losses).toEqual([{ code: 'PANEL-251', detail: 'the panel did not get ready within 10 s' }]);
  expect(processes.started).toHaveLength(2);
  await supervisor.close();
});

test('a crash is told with what it said last', async () => {
  processes.latest().ready();
  processes.latest().die('TypeError: no such pin');
  await clock.advance(100);
  expect(losses).toEqual([{ code: 'PANEL-251', detail: 'TypeError: no such pin' }]);
  await supervisor.close();
});

test('what is lost again and again is started after growing pauses, up to 8 s', async () => {
  const startedAt: number[] = [];
  for (let run = 0; run < 8; run++) {
    startedAt.push(clock.now());
    processes.latest().tell({ at: 'failed', fault: { code: 'PANEL-251', detail: 'no such file' } });
    const before = processes.started.length;
    await clock.runUntil(() => processes.started.length > before, 20_000);
  }
  const pauses = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0));
  expect(pauses).toEqual([0, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  await supervisor.close();
});

test('a panel that had stood for a minute comes back at once, however often it was lost before', async () => {
  for (let run = 0; run < 4; run++) {
    processes.latest().die('pulled');
    await clock.advance(10_000);
  }
  const steady = processes.latest();
  steady.ready();
  await clock.advance(60_000);
  steady.die('pulled');
  await clock.advance(1);
  expect(processes.latest()).not.toBe(steady);
  await supervisor.close();
});

describe('of a process that was given up', () => {
  test('nothing that it still says is believed', async () => {
    const first = processes.latest();
    first.tell({ at: 'failed', fault: { code: 'PANEL-252' } });
    first.ready('late');
    await clock.advance(1);
    expect(builds).toEqual([]);
    expect(losses).toEqual([{ code: 'PANEL-252' }]);
    await supervisor.close();
  });

  test('orders are dropped until another is ready', async () => {
    processes.latest().die('crashed');
    await clock.advance(100);
    supervisor.send({ do: 'play', notes: [] });
    expect(processes.latest().orders).toEqual([]);
    processes.latest().ready();
    supervisor.send({ do: 'play', notes: [] });
    expect(processes.latest().orders).toEqual([{ do: 'play', notes: [] }]);
    await supervisor.close();
  });
});

test('closing ends the process and starts no other, in a pause as well', async () => {
  processes.latest().ready();
  const second = superviseBoard({
    ...{ path: '', clock, start: processes.start, onReady: () => {}, onLost: () => {}, onNews: () => {}, onKey: () => {} },
  });
  for (let run = 0; run < 3; run++) {
    processes.latest().die('pulled');
    await clock.advance(500);
  }
  await Promise.all([supervisor.close(), second.close()]);
  const { length } = processes.started;
  await clock.advance(60_000);
  expect(processes.started).toHaveLength(length);
  expect(processes.started[0]?.killed).toBe(true);
});
