/** What the front panel owes a reception; see `PanelPort`. */
import { describe, expect, test, vi } from 'vitest';
import type { Light } from '../../src/faults/catalogue.ts';
import type { PanelPort, Sound } from '../../src/reception/ports.ts';

/** A panel that the test can look at and listen to. */
export type PanelBench = {
  readonly panel: PanelPort;
  /** What shines now. */
  light(): Light | undefined;
  /** The last sound; undefined when none was played. */
  sound(): Sound | undefined;
  close?(): Promise<void>;
};

const lights: readonly Light[] = ['busy', 'your-turn', 'success', 'help', 'attention', 'ready'];
/** From a request to the panel; generous, since other tests run at the same time. */
const soon = { timeout: 20_000, interval: 5 };

export function panelPortContract(name: string, open: () => Promise<PanelBench>): void {
  describe(`panel port: ${name}`, () => {
    test('shows one light at a time, and the last one stands, whatever is played', async () => {
      const { panel, light, close } = await open();
      for (const asked of lights) {
        panel.show(asked);
        panel.play('help');
        await vi.waitFor(() => expect(light()).toBe(asked), soon);
      }
      await close?.();
    });

    test('plays the sound it is asked for, and none before', async () => {
      const { panel, light, sound, close } = await open();
      panel.show('busy');
      await vi.waitFor(() => expect(light()).toBe('busy'), soon);
      expect(sound()).toBeUndefined();
      for (const asked of ['placed', 'success', 'help', 'take-card'] as const) {
        panel.play(asked);
        await vi.waitFor(() => expect(sound()).toBe(asked), soon);
      }
      await close?.();
    });
  });
}
