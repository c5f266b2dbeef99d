/** A bench in this process, and a reader on it in a process of its own, whose memory can be searched. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Bench } from '../../src/bench/bench.ts';
import { yes } from '../../src/bench/patient.ts';
import { systemClock } from '../../src/clock.ts';
import { openStaff } from '../../src/compose-desk.ts';
import type { State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { countInMemory } from './process-memory.ts';
import type { Told } from './reader-process.ts';

const PATIENCE_MS = 30_000;

export class WatchedReader {
  readonly bench: Bench;
  readonly #process: ChildProcess;
  readonly #folder: string;
  #state: State = { at: 'unavailable', code: 'MOD-201' };
  #changed = () => {};

  /** @param password the facility's, 6 to 12 digits */
  static async open(password: string): Promise<WatchedReader> {
    const folder = mkdtempSync(join(tmpdir(), 'kazasu-memory-'));
    mkdirSync(join(folder, 'clinic'));
    const clock = systemClock;
    const bench = await Bench.open({
      ...{ clock, waits: new Timeline(clock.now), random: randomBytes, readerId: 'KZTEST01', module: 'gem' },
      ...{ baudRate: 115_200, gatewayLatencyMs: 0, joins: 'real' },
    });
    const staff = openStaff({ folder, clock, random: randomBytes });
    if (!staff.ok) throw new Error(staff.fault.detail);
    await staff.value.password.set(Buffer.from(password));
    const reader = new WatchedReader(bench, folder);
    const { module, gateway, trustedCvKeys } = await bench.world();
    const cvKey = trustedCvKeys[0]?.export({ type: 'spki', format: 'pem' }).toString() ?? '';
    reader.tell({ start: { module, gateway, cvKey, folder } });
    await reader.sees('idle');
    return reader;
  }

  private constructor(bench: Bench, folder: string) {
    this.bench = bench;
    this.#folder = folder;
    this.#process = fork(resolve('test/model/reader-process.ts'), { execArgv: ['--expose-gc'] });
    this.#process.on('message', (state: State) => {
      this.#state = state;
      this.#changed();
    });
  }

  get state(): State {
    return this.#state;
  }

  tell(told: Told): void {
    this.#process.send(told);
  }

  /** One digit a message: no string of them comes to the reader. */
  type(digits: string): void {
    for (const key of Buffer.from(digits, 'latin1')) this.tell({ key });
  }

  async sees(at: State['at']): Promise<void> {
    while (this.#state.at !== at) await this.#next();
  }

  async hasTyped(count: number): Promise<void> {
    while (!('digits' in this.#state) || this.#state.digits !== count) await this.#next();
  }

  /** Says yes to whatever is asked, until the reception is recorded or stops. */
  async answersAll(): Promise<void> {
    while (['asking', 'querying', 'recording'].includes(this.#state.at)) {
      if (this.#state.at === 'asking') this.tell({ intent: { type: 'answer', answer: yes(this.#state.questions[0]) } });
      await this.#next();
    }
  }

  /** How often each of these stands in the reader's memory; what does not is left out. */
  async found(patterns: Readonly<Record<string, Uint8Array>>): Promise<Record<string, number>> {
    const counts = await countInMemory(this.#process.pid ?? 0, patterns);
    return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  }

  async close(): Promise<void> {
    this.#process.disconnect();
    await this.bench.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #next(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#changed = resolve;
    const late = () => reject(new Error(`nothing came after ${JSON.stringify(this.#state)}`));
    const cancel = systemClock.after(PATIENCE_MS, late);
    await promise;
    cancel();
  }
}
