import { describe, expect, test } from 'vitest';
import { answersTo, messagesOf, say, startedPanel, statusOf, sysex } from './host.ts';
import { createSimulatedPanel } from './simulated/simulated-panel.ts';

const [input, output, pwm, pullup] = [0, 1, 3, 11];
const [tamper, presence, ring, backlight, spare] = [2, 3, 6, 9, 12];

describe('a host that knows Firmata finds its way', () => {
  test('version and firmware with the build id are told at the start, unasked', () => {
    const panel = createSimulatedPanel();
    panel.advance(50);
    const [version, firmware = []] = messagesOf(panel.received());
    expect(version).toEqual([0xf9, 2, 6]);
    expect(nameIn(firmware)).toBe(`kazasu-panel ${panel.buildId}`);
  });

  test('and when asked', () => {
    const panel = startedPanel();
    expect(answersTo(panel, say.version)).toEqual([[0xf9, 2, 6]]);
    expect(nameIn(answersTo(panel, say.firmware)[0] ?? [])).toBe(`kazasu-panel ${panel.buildId}`);
  });

  test('only the pins that are the host’s have capabilities', () => {
    const [answer = []] = answersTo(startedPanel(), say.capabilities);
    expect(answer.slice(0, 2)).toEqual([0xf0, 0x6c]);
    const pins = splitBy(answer.slice(2, -1), 0x7f);
    expect(pins).toHaveLength(20);
    expect(Object.fromEntries(pins.map((modes, pin) => [pin, modes] as const).filter(([, modes]) => modes.length > 0))).toEqual({
      [tamper]: [input, 1, pullup, 1],
      [presence]: [input, 1],
      [backlight]: [pwm, 8],
      [spare]: [input, 1, output, 1, pullup, 1],
    });
  });

  test('no pin is analogue', () => {
    expect(answersTo(startedPanel(), say.analogMapping)).toEqual([sysex(0x6a, ...Array(20).fill(0x7f))]);
  });

  test('a pin’s state is its mode and what was written to it', () => {
    const panel = startedPanel();
    panel.send(say.backlight(200));
    expect(answersTo(panel, say.pinState(backlight))).toEqual([sysex(0x6e, backlight, pwm, 200 & 0x7f, 1)]);
    expect(answersTo(panel, say.pinState(tamper))).toEqual([sysex(0x6e, tamper, pullup, 1, 0)]);
    expect(answersTo(panel, say.pinState(ring))).toEqual([sysex(0x6e, ring, 0x7f, 0, 0)]);
  });

  test('an output follows the host within a millisecond of the last byte', () => {
    const panel = startedPanel();
    panel.send([...say.mode(spare, output), ...say.levels(1, 1 << (spare - 8))]);
    expect(panel.level('spare')).toBe('open');
    panel.advance(6 * (10_000 / 57_600) + 1);
    expect(panel.level('spare')).toBe('high');
    panel.send(say.levels(1, 0));
    panel.advance(2);
    expect(panel.level('spare')).toBe('low');
  });

  test('an input is pulled up when the host wants it', () => {
    const panel = startedPanel();
    panel.send(say.mode(spare, pullup));
    panel.advance(2);
    expect(panel.level('spare')).toBe('pulled-up');
  });

  test('an echo comes back as it went', () => {
    const bytes = Array.from({ length: 60 }, (_, index) => (index * 7) & 0x7f);
    expect(answersTo(startedPanel(), say.echo(...bytes))).toEqual([say.echo(...bytes)]);
  });

  test('a system reset is as power-on', () => {
    const panel = startedPanel();
    panel.send([...say.mode(spare, output), ...say.backlight(10), ...say.report(0), ...say.ring('steady', [9, 9, 9])]);
    panel.advance(60);
    expect(panel.backlight()).toBe(10);
    panel.send(say.reset);
    panel.advance(60);
    panel.received();
    panel.openCase(true);
    panel.advance(60);
    expect(panel.received()).toEqual([]);
    expect(panel.backlight()).toBe(255);
    expect(panel.ring()?.[0]).toEqual({ red: 0, green: 0, blue: 0 });
    expect(panel.level('spare')).toBe('open');
  });
});

describe('what is not allowed is counted and not done', () => {
  const wrong = {
    'a mode that the pin does not have': say.mode(tamper, output),
    'a pin that is the program’s own': say.mode(ring, output),
    'a pin that there is not': say.mode(99, input),
    'a mode that there is not': say.mode(spare, 64),
    'dimming a pin that cannot be dimmed': [0xe0 | spare, 1, 0],
    'more light than full': say.backlight(256),
    'levels for a port without outputs': say.levels(0, 0xff),
    'reports of a port that there is not': say.report(2),
    'the state of a pin that there is not': say.pinState(20),
    'a ring effect that there is not': sysex(0x02, 5, 0, 0, 0, 0, 0, 0, 0, 0),
    'a colour above 255': sysex(0x02, 1, 0, 2, 0, 0, 0, 0, 0, 0),
    'a ring message cut short': sysex(0x02, 1, 0, 0),
    'a tone below what is heard': say.tone({ hz: 30, ms: 100 }),
    'half a note': sysex(0x01, 1, 2),
    'nine notes': say.tone(...Array(9).fill({ hz: 880, ms: 10 })),
    'silence without an end': say.silence(0),
    'silence for hours': say.silence(61),
    'a sysex that nobody knows': sysex(0x55, 1, 2, 3),
    'an empty sysex': sysex(),
    'a sysex of 65 bytes': say.echo(...Array(64).fill(1)),
    'the end of nothing': [0xf7],
    'data without a command': [0x11],
    'a message broken off by another': [0xe9, 0x10, ...say.echo(1)],
  };

  test.each(Object.entries(wrong))('%s', (_, message) => {
    const panel = startedPanel();
    panel.send(message);
    panel.advance(60);
    expect(statusOf(panel)).toMatchObject({ malformed: 1, lost: 0 });
    expect(panel.backlight()).toBe(255);
    expect(panel.tone()).toBeUndefined();
    expect(panel.level('spare')).toBe('open');
    expect(panel.level('tamper')).toBe('pulled-up');
    expect(answersTo(panel, say.echo(1, 2, 3))).toEqual([say.echo(1, 2, 3)]);
    expect(panel.faults()).toEqual([]);
  });
});

function nameIn(firmware: readonly number[]): string {
  const letters = firmware.slice(4, -1).filter((_, index) => index % 2 === 0);
  return String.fromCharCode(...letters);
}

function splitBy(bytes: readonly number[], end: number): readonly (readonly number[])[] {
  const parts: number[][] = [];
  let part: number[] = [];
  for (const byte of bytes) {
    if (byte === end) {
      parts.push(part);
      part = [];
    } else part.push(byte);
  }
  return parts;
}
