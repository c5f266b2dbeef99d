import { describe, expect, test } from 'vitest';
import { messagesOf, say, startedPanel, stayInTouch } from './host.ts';
import type { SimulatedPanel } from './simulated/simulated-panel.ts';

const [tamperBit, presenceBit] = [1 << 2, 1 << 3];

/** What the panel says within `ms`. */
function said(panel: SimulatedPanel, ms = 30): readonly (readonly number[])[] {
  panel.advance(ms);
  return messagesOf(panel.received());
}

const port0 = (levels: number) => [0x90, levels, 0];
const keyEvent = (key: string, down: boolean) => [0xf0, 0x05, key.charCodeAt(0), Number(down), 0xf7];

function reporting(): SimulatedPanel {
  const panel = startedPanel();
  panel.send(say.report(0));
  panel.advance(30);
  panel.received();
  return panel;
}

describe('case switch and presence sensor', () => {
  test('are not told of until the host asks; then as they are', () => {
    const panel = startedPanel();
    panel.presence(true);
    expect(said(panel)).toEqual([]);
    panel.send(say.report(0));
    expect(said(panel)).toEqual([port0(presenceBit)]);
  });

  test('an opened case, a cut wire and somebody who comes are told of once', () => {
    const panel = reporting();
    panel.openCase(true);
    expect(said(panel)).toEqual([port0(tamperBit)]);
    panel.presence(true);
    expect(said(panel)).toEqual([port0(tamperBit | presenceBit)]);
    panel.openCase(false);
    panel.presence(false);
    expect(said(panel).at(-1)).toEqual(port0(0));
    expect(said(panel, 300)).toEqual([]);
  });

  test('within 8 ms', () => {
    const panel = reporting();
    panel.openCase(true);
    expect(said(panel, 8)).toEqual([port0(tamperBit)]);
  });

  test('what bounces for less than 5 ms is not believed', () => {
    const panel = reporting();
    for (let i = 0; i < 20; i++) {
      panel.openCase(i % 2 === 0);
      panel.advance(3);
    }
    expect(said(panel)).toEqual([]);
  });

  test('no more is told once the host does not want it', () => {
    const panel = reporting();
    panel.send(say.report(0, false));
    panel.advance(5);
    panel.openCase(true);
    expect(said(panel)).toEqual([]);
  });
});

describe('the key pad', () => {
  test.each([...'123456789*0#'])('key %s goes down and up', (key) => {
    const panel = startedPanel();
    panel.press(key);
    expect(said(panel)).toEqual([keyEvent(key, true)]);
    panel.release(key);
    expect(said(panel)).toEqual([keyEvent(key, false)]);
    expect(panel.faults()).toEqual([]);
  });

  test('a held key is told of once', () => {
    const panel = startedPanel();
    panel.press('7');
    expect(said(panel, 1000)).toEqual([keyEvent('7', true)]);
  });

  test('a press is told within 8 ms, with the bytes on the line', () => {
    const panel = startedPanel();
    for (let offset = 0; offset < 10; offset++) {
      panel.advance(100 + offset / 10);
      panel.received();
      panel.press('5');
      expect(said(panel, 8)).toEqual([keyEvent('5', true)]);
      panel.release('5');
      panel.advance(20);
    }
  });

  test('a contact that bounces gives one press', () => {
    const panel = startedPanel();
    for (let i = 0; i < 7; i++) {
      if (i % 2 === 0) panel.press('0');
      else panel.release('0');
      panel.advance(1.3);
    }
    expect(said(panel)).toEqual([keyEvent('0', true)]);
  });

  test('two keys at once are two keys, in one row, one column or neither', () => {
    for (const pair of ['12', '14', '15']) {
      const panel = startedPanel();
      const [first = '', second = ''] = pair;
      panel.press(first);
      panel.press(second);
      expect(new Set(said(panel).map(String))).toEqual(new Set([keyEvent(first, true), keyEvent(second, true)].map(String)));
      panel.release(first);
      panel.release(second);
      expect(said(panel)).toHaveLength(2);
      expect(panel.faults()).toEqual([]);
    }
  });

  test('three corners of a rectangle do not press the fourth', () => {
    const panel = startedPanel();
    panel.press('1');
    panel.press('2');
    said(panel);
    panel.press('4');
    expect(said(panel, 500)).toEqual([]);
    panel.release('1');
    panel.release('2');
    expect(said(panel).map(String).sort()).toEqual(
      [keyEvent('1', false), keyEvent('2', false), keyEvent('4', true)].map(String).sort(),
    );
    expect(panel.faults()).toEqual([]);
  });

  test('a hand laid on the whole pad presses nothing', () => {
    const panel = startedPanel();
    for (const key of '123456789*0#') panel.press(key);
    expect(said(panel, 500)).toEqual([]);
    for (const key of '123456789*0#') panel.release(key);
    expect(said(panel, 500)).toEqual([]);
    expect(panel.faults()).toEqual([]);
  });

  test('keys are told while lights, tone and echoes run', () => {
    const panel = startedPanel();
    panel.send([...say.ring('spin', [20, 20, 20], 500), ...say.tone({ hz: 880, ms: 1000 })]);
    stayInTouch(panel, 100);
    for (const key of '147') {
      panel.press(key);
      panel.send(say.echo(...Array(50).fill(1)));
      expect(said(panel, 40)).toContainEqual(keyEvent(key, true));
      panel.release(key);
      expect(said(panel, 40)).toContainEqual(keyEvent(key, false));
    }
  });
});
