import { expect, test } from 'vitest';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { BenchPanel } from '../../src/bench/panel.ts';
import { systemClock } from '../../src/clock.ts';
import type { Light } from '../../src/faults/catalogue.ts';
import { rings } from '../../src/panel/light-rings.ts';
import { ringMessage, toneMessage } from '../../src/panel/own-messages.ts';
import { createPanel } from '../../src/panel/panel.ts';
import { notesOf } from '../../src/panel/sounds.ts';
import type { Sound } from '../../src/reception/ports.ts';
import { attachFirmataPeer } from '../panel/firmata-peer.ts';
import { panelReady } from '../panel/panel-ready.ts';
import { panelPortContract } from './panel-port.ts';

panelPortContract('the bench’s, looked at on the dock', async () => {
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

panelPortContract('the reader’s own, over a serial line', async () => {
  const line = await openPty();
  const peer = attachFirmataPeer(line);
  const panel = createPanel({ path: line.path, clock: systemClock });
  await panelReady(panel);
  /** The last message with this command, as the name of what makes it. */
  const last = <Name extends string>(command: number, messages: readonly (readonly [Name, readonly number[]])[]) => {
    const heard = peer.heard.findLast(([first]) => first === command);
    return messages.find(([, bytes]) => bytes.join() === heard?.join())?.[0];
  };
  return {
    panel,
    light: () =>
      last(
        0x02,
        Object.entries(rings).map(([light, ring]) => [light as Light, ringMessage(ring)]),
      ),
    sound: () =>
      last<Sound>(
        0x01,
        (['placed', 'success', 'help', 'take-card'] as const).map((sound) => [sound, toneMessage(notesOf(sound, 0))]),
      ),
    async close() {
      await panel.close();
      await line.close();
    },
  };
});
