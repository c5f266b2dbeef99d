/** What the reader itself needs to know of the panel's wiring (hardware/pinout.json). */
import pinout from '../../hardware/pinout.json' with { type: 'json' };

const { line, pins } = pinout.panel;

export const { baudRate } = line;

/** @returns the number by which Firmata knows a digital pin, as 9 for `D9` */
export function pinNumber(name: string): number {
  const pin = pins.find((one) => one.name === name)?.pin;
  if (!pin?.startsWith('D')) throw new Error(`hardware/pinout.json has no digital pin "${name}"`);
  return Number(pin.slice(1));
}
