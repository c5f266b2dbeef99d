/**
 * The front panel with its real program on a simulated controller: everything around it hangs on the pins, as
 * hardware/pinout.json says, and is read from driven levels. Its time stands still until `advance`.
 */
import { readFileSync } from 'node:fs';
import { build } from '../../../../firmware/panel/build.ts';
import { readPanelPinout } from '../../../../hardware/pinout.ts';
import { type Controller, createController, type Level, type resetCauses } from './controller.ts';
import { readIntelHex } from './intel-hex.ts';
import { connectKeys } from './key-matrix.ts';
import { decodePixels, type Pixel } from './pixel-decoder.ts';
import { measurePulses } from './pulse-meter.ts';
import { connectSerial } from './serial-wire.ts';

const FLASH_BYTES = 32 * 1024;
/** Where the compiled program is kept; built again only when a source has changed. */
const builtIn = 'build/panel';

export type SimulatedPanel = {
  readonly buildId: string;
  nowMs(): number;
  /** Goes on for `ms` of simulated time. */
  advance(ms: number): void;
  /** Lays bytes on the wire to the panel; they arrive at 57600 baud. */
  send(bytes: Iterable<number>): void;
  /** Bytes still on their way to the panel. */
  waiting(): number;
  /** What has come from the panel since the last call. */
  received(): readonly number[];
  /** Called with each byte from the panel at the moment when its last bit is over. */
  onByte(listener: (byte: number) => void): void;
  press(key: string): void;
  release(key: string): void;
  /** Opens the case, or shuts it. */
  openCase(open: boolean): void;
  /** Somebody stands before the reader, or nobody. */
  presence(somebody: boolean): void;
  /** What the ring shows; undefined before its first picture. */
  ring(): readonly Pixel[] | undefined;
  /** Measured at the pin, 0 (dark) … 255 (full). */
  backlight(): number;
  /** Measured at the pin; undefined when it is silent. */
  tone(): number | undefined;
  level(pin: string): Level;
  onChange(pin: string, listener: (level: Level) => void): void;
  drive(pin: string, high: boolean): void;
  reset(cause: keyof typeof resetCauses): void;
  /** The program hangs where it is. */
  hang(): void;
  /** What would have harmed hardware or could not have been read by it; empty when all is well. */
  faults(): readonly string[];
};

/** @param haste how many times faster than its line bytes reach the panel */
export function createSimulatedPanel({ haste = 1 } = {}): SimulatedPanel {
  const pinout = readPanelPinout();
  const { hex, buildId } = build('panel', builtIn);
  const controller: Controller = createController(readIntelHex(readFileSync(hex, 'utf8'), FLASH_BYTES), pinout);
  const { cpu, clockHz } = controller;
  const pin = (name: string) => {
    const found = pinout.pins.find((pin) => pin.name === name);
    if (!found) throw new Error(`no pin has the name ${name}`);
    return found;
  };

  let fromPanel: number[] = [];
  const listeners: ((byte: number) => void)[] = [];
  const wire = connectSerial(
    controller,
    (byte) => {
      fromPanel.push(byte);
      for (const listener of listeners) listener(byte);
    },
    haste,
  );
  const pixels = decodePixels(controller, pin(pinout.ring.pin), pinout.ring.pixels);
  const { rows, columns, keys } = pinout.pad;
  const pad = connectKeys(controller, rows.map(pin), columns.map(pin), keys);
  const backlight = measurePulses(controller, pin('backlight'));
  const tone = measurePulses(controller, pin('tone'));
  controller.drive(pin('tamper'), false);
  controller.drive(pin('presence'), false);

  return {
    buildId,
    nowMs: () => (cpu.cycles * 1000) / clockHz,
    advance: (ms) => controller.runTo(cpu.cycles + (ms * clockHz) / 1000),
    send: wire.send,
    waiting: wire.waiting,
    received() {
      const bytes = fromPanel;
      fromPanel = [];
      return bytes;
    },
    onByte: (listener) => void listeners.push(listener),
    press: pad.press,
    release: pad.release,
    openCase: (open) => controller.drive(pin('tamper'), open),
    presence: (somebody) => controller.drive(pin('presence'), somebody),
    ring: pixels.shown,
    backlight: () => Math.round(backlight.duty() * 255),
    tone: tone.hz,
    level: (name) => controller.level(pin(name)),
    onChange: (name, listener) => controller.onChange(pin(name), listener),
    drive: (name, high) => controller.drive(pin(name), high),
    reset: controller.reset,
    hang: controller.hang,
    faults: () => [...pixels.faults(), ...(pad.shorts() > 0 ? [`${pad.shorts()} times two outputs of the pad were joined`] : [])],
  };
}
