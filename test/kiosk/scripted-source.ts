import type { KioskSource } from '../../src/kiosk/kiosk-source.ts';
import type { Screen, Snapshot } from '../../src/kiosk/protocol.ts';
import type { WaitReason } from '../../src/reception/ports.ts';
import type { Intent } from '../../src/reception/state.ts';

/** What the page said, in order. */
export type Heard =
  | { readonly type: 'intent'; readonly intent: Intent; readonly revision: number }
  | { readonly type: 'key'; readonly key: number }
  | { readonly type: 'frame'; readonly nonce: string; readonly jpeg: Uint8Array }
  | { readonly type: 'camera-failed'; readonly nonce: string };

/** A reader that shows what the test wants and notes what the page says; it decides nothing by itself. */
export class ScriptedSource implements KioskSource {
  readonly heard: Heard[] = [];
  #snapshot: Snapshot;
  #changes = new Set<() => void>();
  #previews = new Set<(jpeg: Uint8Array) => void>();

  constructor(about: Omit<Snapshot, 'revision' | 'screen'> = { simulated: [] }) {
    this.#snapshot = { ...about, revision: 1, screen: { at: 'idle' } };
  }

  show(screen: Screen, waitsFor?: WaitReason): void {
    const { waitsFor: _, ...about } = this.#snapshot;
    this.#snapshot = { ...about, screen, revision: about.revision + 1, ...(waitsFor && { waitsFor }) };
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
