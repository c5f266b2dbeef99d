import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, deadline } from '../clock.ts';
import { failed, type Result } from '../faults/result.ts';
import type { FacePort } from '../reception/ports.ts';
import type { Reader } from '../reception/reader.ts';
import type { ReceptionReport } from '../reception/reception-report.ts';
import type { Bench } from './bench.ts';
import { BenchOutside } from './bench-outside.ts';
import {
  type DockBench,
  type DockCamera,
  type DockReception,
  type DockView,
  type GatewayMode,
  OWN_PERSONA,
} from './dock/dock-bench.ts';
import type { GatewayMode as SimulatedMode } from './gateway/controls.ts';
import { enrolledPortrait } from './own-portrait.ts';
import { personaById, personas } from './personas.ts';

/** What each of the dock's gateway modes does to the simulated gateway. */
const gatewayModes: Record<GatewayMode, { readonly mode: SimulatedMode; readonly slowMs: number }> = {
  normal: { mode: 'normal', slowMs: 0 },
  down: { mode: 'down', slowMs: 0 },
  slow: { mode: 'normal', slowMs: 8_000 },
  garbled: { mode: 'not-json', slowMs: 0 },
};

const LOG_LINES = 200;
const RECEPTIONS_KEPT = 20;
const ENROL_BOUND_MS = 10_000;

export type BenchDockOptions = {
  readonly bench: Bench;
  readonly reader: Reader;
  readonly face: FacePort;
  readonly clinicFolder: string;
  readonly clock: Clock;
  /** What staff need to know of this bench. */
  readonly staff?: DockView['staff'];
};

/** The bench as the dock's page works it. */
export class BenchDock implements DockBench {
  readonly outside: BenchOutside;
  readonly #bench: Bench;
  readonly #reader: Reader;
  readonly #face: FacePort;
  readonly #clinicFolder: string;
  readonly #clock: Clock;
  readonly #staff: DockView['staff'];
  readonly #listeners = new Set<() => void>();
  readonly #log: string[] = [];
  #receptions: readonly DockReception[] = [];
  #resultXml: string | undefined;
  #gatewayMode: GatewayMode = 'normal';
  #cable: DockView['cable'] = 'plugged';
  #own = false;

  constructor(options: BenchDockOptions) {
    const { bench, reader } = options;
    this.#bench = bench;
    this.#reader = reader;
    this.#face = options.face;
    this.#clinicFolder = options.clinicFolder;
    this.#clock = options.clock;
    this.#staff = options.staff;
    this.outside = new BenchOutside(bench, options.clock, () => this.#changed());
    bench.panel.onChange = () => this.#changed();
    bench.onApduLine = (line) => {
      this.#log.push(line);
      if (this.#log.length > LOG_LINES) this.#log.shift();
      this.#changed();
    };
    reader.onChange(() => this.#changed());
    reader.onReport((report) => this.#reported(report));
  }

  view(): DockView {
    const { placed, camera, gateway, panel } = this.#bench;
    const triesLeft = placed?.card.holder?.pinTriesLeft();
    const { sight } = camera;
    return {
      personas: this.#own ? [ownPersona, ...personas] : personas,
      ...(placed && { placed: placed.personaId }),
      ...(triesLeft !== undefined && { cardTriesLeft: triesLeft }),
      camera:
        sight.kind === 'persona'
          ? { kind: 'persona', personaId: sight.personaId }
          : { kind: sight.kind === 'page' ? 'page' : 'nobody' },
      gateway: { mode: this.#gatewayMode, latencyMs: gateway.controls.eligibilityMs },
      outside: this.outside.view(),
      cable: this.#cable,
      light: panel.light,
      ...(panel.lastSound && { lastSound: panel.lastSound }),
      state: this.#reader.state.at,
      ...(this.#staff && { staff: this.#staff }),
      apduLog: this.#log,
      receptions: this.#receptions,
      ...(this.#resultXml !== undefined && { resultXml: this.#resultXml }),
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async place(personaId: string): Promise<void> {
    // Whoever places a card stands before the camera, unless the dock says otherwise.
    const { sight } = this.#bench.camera;
    if (sight.kind === 'nobody') await this.#look(personaId);
    await this.#bench.place(personaId);
    this.#changed();
  }

  remove(): void {
    this.#bench.remove();
    this.#changed();
  }

  setCamera(camera: DockCamera): void {
    const looking = camera.kind === 'persona' ? this.#look(camera.personaId) : this.#bench.camera.look(camera);
    looking.then(
      () => this.#changed(),
      (error: unknown) => process.stderr.write(`The bench camera could not be set: ${error}\n`),
    );
  }

  setGateway(mode: GatewayMode): void {
    this.#gatewayMode = mode;
    Object.assign(this.#bench.gateway.controls, gatewayModes[mode]);
    this.#changed();
  }

  setLatency(latencyMs: number): void {
    this.#bench.gateway.controls.eligibilityMs = latencyMs;
    this.#changed();
  }

  askForService(): void {
    this.#bench.panel.askForService(this.#clock);
  }

  setCable(cable: DockView['cable']): void {
    if (cable === this.#cable) return;
    this.#cable = cable;
    const moved = cable === 'pulled' ? this.#bench.unplug() : this.#bench.plugIn();
    moved.then(
      () => this.#changed(),
      (error: unknown) => process.stderr.write(`The simulated cable could not be moved: ${error}\n`),
    );
    this.#changed();
  }

  async issueOwn(pictures: readonly Uint8Array[]): Promise<Result<void>> {
    const bound = deadline(this.#clock, ENROL_BOUND_MS);
    try {
      const portrait = await enrolledPortrait(this.#face, pictures, bound.signal);
      if (!portrait.ok) return portrait;
      await this.#bench.issueOwn(portrait.value);
      this.#own = true;
      this.#changed();
      return { ok: true, value: undefined };
    } catch {
      return failed('FACE-402', 'the pictures cannot be read');
    } finally {
      bound.done();
      for (const picture of pictures) picture.fill(0);
    }
  }

  async #look(personaId: string): Promise<void> {
    const face = personaById(personaId)?.face;
    await this.#bench.camera.look(personaId === OWN_PERSONA ? { kind: 'page' } : { kind: 'persona', personaId, face });
  }

  #reported(report: ReceptionReport): void {
    const { receptionId: id, outcome, method, resultFile } = report;
    if (id === '') return;
    this.outside.receptionEnded(id);
    const line: DockReception = {
      id,
      at: this.#clock.wall().toISOString(),
      outcome,
      ...(method && { method }),
      ...(resultFile && { fileName: resultFile }),
    };
    this.#receptions = [line, ...this.#receptions].slice(0, RECEPTIONS_KEPT);
    const path = resultFile && join(this.#clinicFolder, resultFile);
    // The clinic's software may have taken it already.
    if (path && existsSync(path)) this.#resultXml = readFileSync(path, 'utf8');
    this.#changed();
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const ownPersona = {
  id: OWN_PERSONA,
  title: { ja: '自分の顔の試用カード', en: 'Test card with your own face' },
  kind: 'my-number',
} as const;
