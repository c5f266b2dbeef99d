/** What the front panel owes a reception; see `PanelPort`. */
import { describe, expect, test } from 'vitest';
import type { Light } from '../../src/faults/catalogue.ts';
import type { PanelPort, Sound } from '../../src/reception/ports.ts';

/** A panel that the test can look at and listen to. */
export type PanelBench = {
  readonly panel: PanelPort;
  /** What shines now. */
  light(): Light;
  /** The last sound; undefined when none was played. */
  sound(): Sound | undefined;
};

const lights: readonly Light[] = ['busy', 'your-turn', 'success', 'help', 'attention', 'ready'];

export function panelPortContract(name: string, open: () => PanelBench): void {
  describe(`panel port: ${name}`, () => {
    test('shows one light at a time, and the last one stands, whatever is played', () => {
      const { panel, light } = open();
      for (const asked of lights) {
        panel.show(asked);
        panel.play('help');
        expect(light()).toBe(asked);
      }
    });

    test('plays the sound it is asked for, and none before', () => {
      const { panel, sound } = open();
      panel.show('ready');
      expect(sound()).toBeUndefined();
      for (const asked of ['placed', 'success', 'help', 'take-card'] as const) {
        panel.play(asked);
        expect(sound()).toBe(asked);
      }
    });
  });
}
