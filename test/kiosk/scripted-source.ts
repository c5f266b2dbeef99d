import type { KioskSource } from '../../src/kiosk/kiosk-source.ts';
import type { Screen, Snapshot } from '../../src/kiosk/protocol.ts';
import type { Intent } from '../../src/reception/state.ts';

/** What the page said, in order. */
export type Heard =
  | { readonly type: 'intent'; readonly intent: Intent; readonly revision: number }
  | { readonly type: 'key'; readonly key: number }
  | { readonly type: 'frame'; readonly nonce: string; readonly jpeg: Uint8Array }
  | { readonly type: 'camera-failed'; readonly nonce: string };

/** What a reader says beside its screen. */
type About = Omit<Snapshot, 'revision' | 'screen'>;

const ordinary: About = {
  hurry: false,
  options: { disaster: false, pad: 'scrambled' },
  module: 'contactless',
  phone: false,
  simulated: [],
};

/** A reader that shows what the test wants and notes what the page says; it decides nothing by itself. */
export class ScriptedSource implements KioskSource {
  readonly heard: Heard[] = [];
  readonly #about: About;
  #snapshot: Snapshot;
  #changes = new Set<() => void>();
  #previews = new Set<(jpeg: Uint8Array) => void>();

  constructor(about: Partial<About> = {}) {
    this.#about = { ...ordinary, ...about };
    this.#snapshot = { ...this.#about, revision: 1, screen: { at: 'idle' } };
  }

  /** @param about what else changes, with this screen alone */
  show(screen: Screen, about: Partial<About> = {}): void {
    this.#snapshot = { ...this.#about, ...about, screen, revision: this.#snapshot.revision + 1 };
    for (const listener of this.#changes) listener();
  }

  preview(jpeg: Uint8Array): void {
    for (const listener of this.#previews) listener(jpeg);
  }

  get watchers(): number {
    return this.#changes.size + this.#previews.size;
  }

  snapshot = () => this.#snapshot;

  onChange = (listener: () => void) => {
    this.#changes.add(listener);
    return () => this.#changes.delete(listener);
  };

  onPreview = (listener: (jpeg: Uint8Array) => void) => {
    this.#previews.add(listener);
    return () => this.#previews.delete(listener);
  };

  intent = (intent: Intent, revision: number) => void this.heard.push({ type: 'intent', intent, revision });
  pinKey = (key: number) => void this.heard.push({ type: 'key', key });
  cameraFrame = (nonce: string, jpeg: Uint8Array) => void this.heard.push({ type: 'frame', nonce, jpeg });
  cameraFailed = (nonce: string) => void this.heard.push({ type: 'camera-failed', nonce });
}
