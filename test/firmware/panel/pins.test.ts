import { describe, expect, test } from 'vitest';
import { pinsHeader } from '../../../firmware/panel/pins-header.ts';
import { numberOf, parsePanelPinout, portOf, readPanelPinout } from '../../../hardware/pinout.ts';

/** ATmega328P datasheet, 1.1, with an Arduino Uno's names: what is soldered, said a second time. */
const soldered = {
  rx: 'PD0',
  tx: 'PD1',
  tamper: 'PD2',
  presence: 'PD3',
  'pad-row-1': 'PD4',
  'pad-row-2': 'PD5',
  ring: 'PD6',
  'pad-row-3': 'PD7',
  'pad-row-4': 'PB0',
  backlight: 'PB1',
  tone: 'PB3',
  spare: 'PB4',
  alive: 'PB5',
  'pad-column-1': 'PC0',
  'pad-column-2': 'PC1',
  'pad-column-3': 'PC2',
};

const pinout = readPanelPinout();
const header = pinsHeader(pinout);

describe('hardware/pinout.json', () => {
  test('puts every signal where the board has it', () => {
    const placed = pinout.pins.map((pin) => [pin.name, `P${portOf(pin).port}${portOf(pin).bit}`]);
    expect(Object.fromEntries(placed)).toEqual(soldered);
  });

  test('numbers pins as Firmata does', () => {
    expect(pinout.pins.map((pin) => [pin.pin, numberOf(pin)])).toContainEqual(['D13', 13]);
    expect(pinout.pins.map((pin) => [pin.pin, numberOf(pin)])).toContainEqual(['A2', 16]);
  });

  test('has a legend for every key of the matrix', () => {
    expect(pinout.pad.keys).toHaveLength(pinout.pad.rows.length);
    for (const row of pinout.pad.keys) expect(row).toHaveLength(pinout.pad.columns.length);
  });

  test.each([
    [
      'two pins of one name',
      (pins: Pins) => pins.map((pin) => (pin.name === 'alive' ? { ...pin, name: 'spare' } : pin)),
      'the same name',
    ],
    [
      'two signals on one pin',
      (pins: Pins) => pins.map((pin) => (pin.name === 'alive' ? { ...pin, pin: 'D12' } : pin)),
      'the same pin',
    ],
    [
      'the backlight on a pin without its timer',
      (pins: Pins) => pins.map((pin) => (pin.name === 'backlight' ? { ...pin, pin: 'D10' } : pin)),
      'backlight must be D9',
    ],
    ['a ring without its wire', (pins: Pins) => pins.filter(({ name }) => name !== 'ring'), 'no pin has the name ring'],
  ] as const)('refuses %s', (_, change, message) => {
    expect(() => parsePanelPinout({ panel: { ...pinout, pins: change(pinout.pins) } })).toThrow(message);
  });
});

type Pins = typeof pinout.pins;

describe('the C header', () => {
  test('has port, direction and bit of every pin', () => {
    for (const [name, place] of Object.entries(soldered)) {
      const [port, bit] = [place.charAt(1), place.charAt(2)];
      const macro = name.toUpperCase().replaceAll('-', '_');
      expect(header).toContain(
        `#define ${macro}_PORT PORT${port}\n#define ${macro}_DDR DDR${port}\n#define ${macro}_BIT ${bit}\n`,
      );
    }
  });

  test('has line, pad and ring', () => {
    expect(header).toContain('#define LINE_BAUD 57600\n');
    expect(header).toContain('#define PAD_ROW_LINES { &PIND, 4 }, { &PIND, 5 }, { &PIND, 7 }, { &PINB, 0 }\n');
    expect(header).toContain('#define PAD_COLUMN_LINES { &PINC, 0 }, { &PINC, 1 }, { &PINC, 2 }\n');
    expect(header).toContain('#define PAD_KEYS "123456789*0#"\n');
    expect(header).toContain('#define RING_PIXELS 12\n');
  });

  test('gives the host its pins alone', () => {
    const numbers = [...(/#define HOST_PINS (.*)/.exec(header)?.[1] ?? '').matchAll(/\{ (\d+), \{/g)].map(([, number]) =>
      Number(number),
    );
    expect(numbers).toEqual([2, 3, 9, 12]);
  });
});
