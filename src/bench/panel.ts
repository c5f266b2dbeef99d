import type { Clock } from '../clock.ts';
import type { Light } from '../faults/catalogue.ts';
import type { PanelPort, Sound } from '../reception/ports.ts';

type KeyListener = (key: number, down: boolean) => void;
type Standing = { readonly at: 'ready'; readonly build: string; readonly caseOpen: boolean };

/** A technician holds `*` and `#` a little longer than they must. */
const SERVICE_HOLD_MS = 5_200;
const [STAR, HASH] = [0x2a, 0x23];

/** A front panel that is only looked at on the dock: it remembers what it shows, and has a case that can be opened. */
export class BenchPanel implements PanelPort {
  light: Light = 'ready';
  lastSound: Sound | undefined;
  urgency = 0;
  onChange: () => void = () => {};
  standing: Standing = { at: 'ready', build: 'simulated', caseOpen: false };
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<KeyListener>();

  show(light: Light): void {
    this.light = light;
    this.onChange();
  }

  play(sound: Sound, urgency = 0): void {
    this.urgency = urgency;
    this.lastSound = sound;
    this.onChange();
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  onKey(listener: KeyListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a technician does to come to the menu: opens the case, holds the two keys, and shuts it again. */
  askForService(clock: Clock): void {
    this.#openCase(true);
    this.#press(true);
    clock.after(SERVICE_HOLD_MS, () => {
      this.#press(false);
      this.#openCase(false);
    });
  }

  #press(down: boolean): void {
    for (const key of [STAR, HASH]) for (const listener of [...this.#listeners]) listener(key, down);
  }

  #openCase(caseOpen: boolean): void {
    this.standing = { ...this.standing, caseOpen };
    for (const watcher of [...this.#watchers]) watcher();
  }
}
