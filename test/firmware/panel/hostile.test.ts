import { describe, expect, test } from 'vitest';
import { answersTo, messagesOf, say, startedPanel, statusOf } from './host.ts';
import { createSimulatedPanel, type SimulatedPanel } from './simulated/simulated-panel.ts';

/** Reproducible noise (a linear congruential generator, its upper bits). */
function* noise(length: number, seed: number): Generator<number> {
  for (let i = 0; i < length; i++) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    yield seed >>> 24;
  }
}

function sendAll(panel: SimulatedPanel, bytes: Iterable<number>): void {
  panel.send(bytes);
  while (panel.waiting() > 0) panel.advance(100);
  panel.advance(300);
  panel.received();
}

/** After whatever came before, it answers as ever, and nothing was harmed. */
function expectWell(panel: SimulatedPanel): void {
  panel.send([0xf7]);
  panel.advance(300);
  expect(answersTo(panel, say.echo(1, 2, 3))).toContainEqual(say.echo(1, 2, 3));
  panel.send([...say.ring('steady', [1, 2, 3]), ...say.backlight(50)]);
  panel.advance(60);
  expect(panel.ring()).toEqual(Array(12).fill({ red: 1, green: 2, blue: 3 }));
  expect(panel.backlight()).toBe(50);
  expect(statusOf(panel).reset).toBe(1);
  expect(panel.faults()).toEqual([]);
}

describe('nothing that comes over the line stops the panel', () => {
  test('a sysex that never ends', () => {
    const panel = startedPanel();
    sendAll(panel, [0xf0, 0x02, ...Array(5000).fill(0x11)]);
    expectWell(panel);
    expect(statusOf(panel).malformed).toBe(1);
  });

  // Zeros above all: over the end of the buffer they would make the rest of the bytes a message of its own.
  test.each([0x00, 0x11, 0x7f])('no sysex that is too long changes anything, filled with %i', (filling) => {
    const panel = startedPanel();
    panel.send([...say.ring('steady', [10, 20, 30]), ...say.backlight(77), ...say.mode(12, 1), ...say.levels(1, 16)]);
    panel.advance(60);
    const surplus = [61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 128, 192, 256, 1000];
    for (const more of surplus) {
      const tooLong = [0xf0, ...Array(more).fill(filling), 0x04, 1, 2, 3, 0xf7];
      expect(answersTo(panel, tooLong, 5 + more / 5)).toEqual([]);
    }
    panel.advance(60);
    expect(panel.ring()).toEqual(Array(12).fill({ red: 10, green: 20, blue: 30 }));
    expect(panel.backlight()).toBe(77);
    expect(panel.level('spare')).toBe('high');
    expect(statusOf(panel)).toMatchObject({ reset: 1, silences: 0, malformed: surplus.length, lost: 0, unsent: 0 });
    expectWell(panel);
  });

  test('commands that are never finished', () => {
    const panel = startedPanel();
    sendAll(panel, Array(3000).fill(0xe9));
    expectWell(panel);
    expect(statusOf(panel).malformed).toBe(3000);
  });

  test('a flood of questions is answered as far as the line carries, and no answer is cut', () => {
    const panel = startedPanel();
    const questions = 1000;
    panel.send(Array.from({ length: questions }, () => say.capabilities).flat());
    const answers = answersTo(panel, [], 700).length;
    expect(answers).toBeGreaterThan(50);
    panel.advance(300);
    panel.received();
    expect(statusOf(panel).unsent).toBe(questions - answers);
    expectWell(panel);
  });

  test('a key is told in the middle of a flood of questions', () => {
    const panel = startedPanel();
    panel.send(Array.from({ length: 500 }, () => say.firmware).flat());
    panel.advance(50);
    panel.press('#');
    panel.advance(100);
    panel.release('#');
    panel.advance(600);
    const keys = messagesOf(panel.received()).filter((message) => message[1] === 0x05);
    expect(keys).toEqual([
      [0xf0, 0x05, 0x23, 1, 0xf7],
      [0xf0, 0x05, 0x23, 0, 0xf7],
    ]);
  });

  test('a million bytes of noise, six times as fast as the line could bring them', { timeout: 300_000 }, () => {
    const panel = createSimulatedPanel({ haste: 6 });
    panel.advance(50);
    sendAll(panel, noise(1_000_000, 20_260_401));
    expectWell(panel);
    expect(statusOf(panel).malformed).toBeGreaterThan(10_000);
  });
});

describe('resets', () => {
  test.each([
    ['powerOn', 1],
    ['resetLine', 2],
    ['brownOut', 4],
  ] as const)('%s is told in the status', (cause, told) => {
    const panel = startedPanel();
    panel.reset(cause);
    panel.advance(100);
    expect(statusOf(panel).reset).toBe(told);
  });

  test('a program that hangs is restarted by the watchdog within 600 ms, and says so', () => {
    const panel = startedPanel();
    panel.send(say.backlight(20));
    panel.advance(50);
    panel.received();
    panel.hang();
    panel.advance(600);
    expect(panel.received().slice(0, 3)).toEqual([0xf9, 2, 6]);
    expect(panel.backlight()).toBe(255);
    expect(statusOf(panel).reset).toBe(8);
  });
});
