/** The pins of a unit (pinout.json): what the program is compiled from, what the wiring is drawn from. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const mode = z.enum(['input', 'output', 'pwm', 'pullup']);
const pin = z.strictObject({
  /** As printed on an Arduino board: D0…D13, A0…A5. */
  pin: z.string().regex(/^(D([0-9]|1[0-3])|A[0-5])$/),
  name: z.string().regex(/^[a-z]+(-[a-z0-9]+)*$/),
  /** What the host may use it as; the first holds from power-on. Empty: the program's own. */
  host: z.array(mode),
  to: z.string(),
  note: z.string(),
});
const panel = z.strictObject({
  controller: z.strictObject({ part: z.string(), clockHz: z.int().positive(), supplyVolts: z.number() }),
  line: z.strictObject({ baudRate: z.int().positive(), format: z.literal('8N1'), over: z.string() }),
  pins: z.array(pin),
  /** Rows and columns by the names of their pins; the keys' legends, one string a row. */
  pad: z.strictObject({ rows: z.array(z.string()), columns: z.array(z.string()), keys: z.array(z.string()) }),
  ring: z.strictObject({
    pin: z.string(),
    pixels: z.int().positive(),
    part: z.string(),
    order: z.literal('GRB'),
    /** r + g + b of a pixel never exceeds it: the ring's share of the current. */
    pixelLevelSum: z.int().positive(),
  }),
});
const schema = z.strictObject({ panel });

export type Pin = z.infer<typeof pin>;
export type PanelPinout = z.infer<typeof panel>;

/** Where the controller's own serial port and timers are: these pins cannot be moved (ATmega328P datasheet, 1.1). */
const fixed = { rx: 'D0', tx: 'D1', backlight: 'D9', tone: 'D11' } as const;

/** @throws what is wrong with the file */
export const readPanelPinout = (): PanelPinout =>
  parsePanelPinout(JSON.parse(readFileSync(new URL('./pinout.json', import.meta.url), 'utf8')));

/** @throws what is wrong with what the file says */
export function parsePanelPinout(json: unknown): PanelPinout {
  const { panel } = schema.parse(json);
  const names = panel.pins.map(({ name }) => name);
  const used = [...panel.pad.rows, ...panel.pad.columns, panel.ring.pin];
  for (const name of used) if (!names.includes(name)) throw new Error(`pinout.json: no pin has the name ${name}`);
  for (const [name, place] of Object.entries(fixed)) {
    if (panel.pins.find((pin) => pin.name === name)?.pin !== place)
      throw new Error(`pinout.json: ${name} must be ${place}, where the controller's own circuit for it is`);
  }
  for (const key of ['name', 'pin'] as const) {
    const values = panel.pins.map((pin) => pin[key]);
    if (new Set(values).size !== values.length) throw new Error(`pinout.json: two pins have the same ${key}`);
  }
  return panel;
}

/** Firmata's number of a pin: D0…D13 are 0…13, A0…A5 follow. */
export const numberOf = ({ pin }: Pin): number => Number(pin.slice(1)) + (pin.startsWith('A') ? 14 : 0);

/** Where the pin is on an ATmega328P: D0…D7 are port D, D8…D13 port B, A0…A5 port C. */
export function portOf({ pin }: Pin): { readonly port: 'B' | 'C' | 'D'; readonly bit: number } {
  const place = Number(pin.slice(1));
  if (pin.startsWith('A')) return { port: 'C', bit: place };
  return place < 8 ? { port: 'D', bit: place } : { port: 'B', bit: place - 8 };
}
