/** A front panel that a test holds in its hands: what the reader's own panel tells, and what was asked of it. */
import type { Light } from '../../src/faults/catalogue.ts';
import type { PanelPort, Sound } from '../../src/reception/ports.ts';
import type { ServicePanel } from '../../src/technician/service-keys.ts';

export class HeldPanel implements PanelPort, ServicePanel {
  standing: ServicePanel['standing'] = { at: 'ready', build: '0123456789ab', caseOpen: false };
  readonly shown: Light[] = [];
  readonly played: Sound[] = [];
  #watchers = new Set<() => void>();
  #listeners = new Set<(key: number, down: boolean) => void>();

  show = (light: Light) => void this.shown.push(light);
  play = (sound: Sound) => void this.played.push(sound);

  watch = (listener: () => void) => {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  };

  onKey = (listener: (key: number, down: boolean) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  stand(standing: ServicePanel['standing']): void {
    this.standing = standing;
    for (const watcher of [...this.#watchers]) watcher();
  }

  openCase(open = true): void {
    this.stand({ at: 'ready', build: '0123456789ab', caseOpen: open });
  }

  /** Each key goes down, or up again. */
  key(keys: string, down: boolean): void {
    for (const key of keys) for (const listener of [...this.#listeners]) listener(key.charCodeAt(0), down);
  }

  type(keys: string): void {
    for (const key of keys) {
      this.key(key, true);
      this.key(key, false);
    }
  }

  get listeners(): number {
    return this.#watchers.size + this.#listeners.size;
  }
}
