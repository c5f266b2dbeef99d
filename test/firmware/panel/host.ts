/** What a host says to the panel, and how it reads the answers. */
import { createSimulatedPanel, type SimulatedPanel } from './simulated/simulated-panel.ts';

/** 14 bits as two bytes of 7, the low one first. */
const lohi = (value: number): readonly number[] => [value & 0x7f, value >> 7];
export const sysex = (...bytes: readonly number[]): readonly number[] => [0xf0, ...bytes, 0xf7];

const effects = ['off', 'steady', 'breathe', 'spin', 'blink'] as const;
export type Effect = (typeof effects)[number];

export const say = {
  version: [0xf9],
  firmware: sysex(0x79),
  capabilities: sysex(0x6b),
  analogMapping: sysex(0x69),
  pinState: (pin: number) => sysex(0x6d, pin),
  mode: (pin: number, mode: number) => [0xf4, pin, mode],
  report: (port: number, on = true) => [0xd0 | port, Number(on)],
  levels: (port: number, levels: number) => [0x90 | port, ...lohi(levels)],
  backlight: (level: number) => [0xe9, ...lohi(level)],
  reset: [0xff],
  tone: (...notes: readonly { readonly hz: number; readonly ms: number }[]) =>
    sysex(0x01, ...notes.flatMap(({ hz, ms }) => [...lohi(hz), ...lohi(ms)])),
  ring: (effect: Effect, [red, green, blue]: readonly [number, number, number], periodMs = 0) =>
    sysex(0x02, effects.indexOf(effect), ...lohi(red), ...lohi(green), ...lohi(blue), ...lohi(periodMs)),
  silence: (seconds: number) => sysex(0x03, ...lohi(seconds)),
  echo: (...bytes: readonly number[]) => sysex(0x04, ...bytes),
  status: sysex(0x06),
};

/** Cuts what came from the panel into messages. Throws when it does not begin and end with whole ones. */
export function messagesOf(bytes: readonly number[]): readonly (readonly number[])[] {
  const messages: number[][] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const end = first === 0xf0 ? bytes.indexOf(0xf7, at) + 1 : at + 3;
    const message = bytes.slice(at, end);
    if (first < 0x80 || message.length < 3 || message.slice(1, -1).some((byte) => byte > 0x7f))
      throw new Error(`not whole messages: ${Buffer.from(bytes).toString('hex')}, from byte ${at} on`);
    messages.push(message);
    at = end;
  }
  return messages;
}

/** What the panel answers within `ms`. */
export function answersTo(panel: SimulatedPanel, message: readonly number[], ms = 60): readonly (readonly number[])[] {
  panel.received();
  panel.send(message);
  panel.advance(ms);
  return messagesOf(panel.received());
}

export type Status = {
  readonly reset: number;
  readonly seconds: number;
  readonly silences: number;
  readonly malformed: number;
  readonly lost: number;
  readonly unsent: number;
};

export function statusOf(panel: SimulatedPanel): Status {
  const answer = answersTo(panel, say.status).find((message) => message[1] === 0x06);
  if (!answer) throw new Error('the panel does not tell its status');
  const [reset = 0, ...rest] = answer.slice(2, -1);
  const value = (index: number) => (rest[2 * index] ?? 0) | ((rest[2 * index + 1] ?? 0) << 7);
  return { reset, seconds: value(0), silences: value(1), malformed: value(2), lost: value(3), unsent: value(4) };
}

/** Goes on for `ms` with a host that speaks often enough. What the panel said meanwhile is thrown away. */
export function stayInTouch(panel: SimulatedPanel, ms: number): void {
  for (let left = ms; left > 0; left -= 500) {
    panel.send(say.echo(1));
    panel.advance(Math.min(left, 500));
  }
  panel.received();
}

/** A panel that has started and said so. */
export function startedPanel(): SimulatedPanel {
  const panel = createSimulatedPanel();
  panel.advance(50);
  panel.received();
  return panel;
}
