/** The C header of the pins, made from hardware/pinout.json. */
import { numberOf, type PanelPinout, type Pin, portOf } from '../../hardware/pinout.ts';

/** Firmata's pin modes. */
const modes = { input: 'MODE_INPUT', output: 'MODE_OUTPUT', pwm: 'MODE_PWM', pullup: 'MODE_PULLUP' } as const;

/** @returns the text of pins.h */
export function pinsHeader({ line, pins, pad, ring }: PanelPinout): string {
  const named = (name: string) => pins.find((pin) => pin.name === name) as Pin;
  return `/* Made from hardware/pinout.json: change it there. */
#pragma once
#include "line.h"
#include <avr/io.h>

#define LINE_BAUD ${line.baudRate}

${pins.map(registersOf).join('\n')}

#define PAD_ROWS ${pad.rows.length}
#define PAD_COLUMNS ${pad.columns.length}
#define PAD_ROW_LINES ${pad.rows.map((name) => lineOf(named(name))).join(', ')}
#define PAD_COLUMN_LINES ${pad.columns.map((name) => lineOf(named(name))).join(', ')}
#define PAD_KEYS "${pad.keys.join('')}"

#define RING_PIXELS ${ring.pixels}
#define RING_PIXEL_LEVEL_SUM ${ring.pixelLevelSum}

/* number, line, mode from power-on, modes */
#define HOST_PINS ${pins
    .filter(({ host }) => host.length > 0)
    .map(hostPin)
    .join(', ')}
`;
}

function registersOf(pin: Pin): string {
  const { port, bit } = portOf(pin);
  const name = pin.name.toUpperCase().replaceAll('-', '_');
  return `#define ${name}_PORT PORT${port}\n#define ${name}_DDR DDR${port}\n#define ${name}_BIT ${bit}`;
}

function lineOf(pin: Pin): string {
  const { port, bit } = portOf(pin);
  return `{ &PIN${port}, ${bit} }`;
}

function hostPin(pin: Pin): string {
  const [first = 'input'] = pin.host;
  const all = pin.host.map((mode) => `1U << ${modes[mode]}`).join(' | ');
  return `{ ${numberOf(pin)}, ${lineOf(pin)}, ${modes[first]}, ${all} }`;
}
