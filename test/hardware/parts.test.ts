import { expect, test } from 'vitest';
import { loadsOf, readParts } from '../../hardware/parts.ts';
import { readPanelPinout } from '../../hardware/pinout.ts';

const parts = readParts();

/** Of what a supply can give: heat, age, and estimates that are too low. */
const USED_AT_MOST = 0.85;

test.each(loadsOf(parts))('$supply carries all that hangs on it, at its most', ({ limitMa, mostMa, usualMa }) => {
  expect(mostMa).toBeLessThanOrEqual(limitMa * USED_AT_MOST);
  expect(usualMa).toBeLessThan(mostMa);
});

test('every supply that a part names is there, and each part once', () => {
  const supplies = parts.supplies.map(({ id }) => id);
  expect(parts.parts.filter(({ fedBy }) => fedBy !== undefined && !supplies.includes(fedBy))).toEqual([]);
  expect(new Set(parts.parts.map(({ id }) => id)).size).toBe(parts.parts.length);
});

test('too great a load is found', () => {
  const doubled = parts.parts.map((part) => ({ ...part, quantity: part.quantity * 2 }));
  expect(loadsOf({ ...parts, parts: doubled }).some(({ limitMa, mostMa }) => mostMa > limitMa)).toBe(true);
});

test('a part is wired to the controller’s pin that has its name', () => {
  const { pins } = readPanelPinout();
  const wired = parts.parts.flatMap(({ id, joins }) =>
    joins.flatMap(({ to, by }) => (to === 'panel' && by.startsWith('pin ') ? [[id, by.slice(4)]] : [])),
  );
  const named: Record<string, string> = { buzzer: 'tone' };
  expect(wired).toEqual(wired.map(([id = '']) => [id, pins.find(({ name }) => name === (named[id] ?? id))?.pin]));
  expect(wired.length).toBe(5);
});

test('every resistor and capacitor that the pin-out names is bought', () => {
  const { pins } = readPanelPinout();
  const values = pins.flatMap(({ to, note }) => `${to} ${note}`.match(/\d+ (kΩ|Ω|µF)/g) ?? []);
  const bought = parts.parts.find(({ id }) => id === 'panel-passives')?.example ?? '';
  expect(bought.match(/\d+ (kΩ|Ω|µF)/g)?.sort()).toEqual(values.sort());
  expect(values).toHaveLength(5);
});

test('the ring takes no more than its pixels are let', () => {
  const { ring } = readPanelPinout();
  const most = parts.parts.find(({ id }) => id === 'ring')?.currentMa?.most;
  expect(most).toBeGreaterThanOrEqual(ring.pixels * ((ring.pixelLevelSum / 255) * 20 + 1));
});
