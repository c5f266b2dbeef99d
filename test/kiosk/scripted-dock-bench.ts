import type { DockBench, DockCamera, DockView, GatewayMode } from '../../src/bench/dock/dock-bench.ts';
import { personas } from '../../src/bench/personas.ts';
import { ok, type Result } from '../../src/faults/result.ts';

/** A bench that keeps what the dock asked for and shows it again; nothing behind it. */
export class ScriptedDockBench implements DockBench {
  readonly issued: (readonly Uint8Array[])[] = [];
  issueAnswer: Result<void> = ok();
  #view: DockView;
  #listeners = new Set<() => void>();

  constructor(view: Partial<DockView> = {}) {
    this.#view = {
      personas: personas.map(({ id, title, kind }) => ({ id, title, kind })),
      camera: { kind: 'persona', personaId: 'adult' },
      gateway: { mode: 'normal', latencyMs: 1200 },
      cable: 'plugged',
      light: 'ready',
      state: 'idle',
      apduLog: [],
      receptions: [],
      ...view,
    };
  }

  change(change: Partial<DockView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  view = () => this.#view;
  onChange = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  place = async (personaId: string) => this.change({ placed: personaId, state: 'reading', light: 'busy', cardTriesLeft: 3 });
  remove = () => {
    const { placed: _, cardTriesLeft: __, ...rest } = this.#view;
    this.#view = rest;
    this.change({ state: 'idle', light: 'ready' });
  };
  setCamera = (camera: DockCamera) => this.change({ camera });
  setGateway = (mode: GatewayMode) => this.change({ gateway: { ...this.#view.gateway, mode } });
  setLatency = (latencyMs: number) => this.change({ gateway: { ...this.#view.gateway, latencyMs } });
  setCable = (cable: 'plugged' | 'pulled') => this.change({ cable });
  issueOwn = async (pictures: readonly Uint8Array[]) => {
    this.issued.push(pictures);
    return this.issueAnswer;
  };
}
