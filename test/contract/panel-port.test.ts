import { expect, test } from 'vitest';
import { BenchPanel } from '../../src/bench/panel.ts';
import { panelPortContract } from './panel-port.ts';

panelPortContract('the bench’s, looked at on the dock', () => {
  const panel = new BenchPanel();
  return { panel, light: () => panel.light, sound: () => panel.lastSound };
});

test('the bench’s panel tells the dock of each light and each sound, one played twice too', () => {
  const panel = new BenchPanel();
  let told = 0;
  panel.onChange = () => told++;
  panel.show('busy');
  panel.play('help');
  panel.play('help');
  expect(told).toBe(3);
});
