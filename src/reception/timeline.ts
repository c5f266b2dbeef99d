import type { WaitKind, WaitLog } from './ports.ts';
import type { State } from './state.ts';

type Interval = { readonly startMs: number; readonly endMs: number };
export type Stage = { readonly stage: State['at']; readonly startMs: number; readonly durationMs: number };

/** States in which the machine waits for the person. */
const personStages: readonly State['at'][] = [
  'choosing',
  'face-retry',
  'warning-last-try',
  'entering-pin',
  'typing-code',
  'asking-staff',
  'offering-registration',
  'qualification-only',
  'asking',
  'stopped',
];

/**
 * Where the time of one reception went. A reception's `machineMs` is its whole time, from the card's placing to
 * its end, less the union of the waits for wire, gateway and person. Waiting for the next picture is the machine's.
 */
export class Timeline implements WaitLog {
  readonly #now: () => number;
  #start = 0;
  #stages: { stage: State['at']; startMs: number; endMs: number | undefined }[] = [];
  #waits: (Interval & { readonly kind: WaitKind })[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  restart(): void {
    this.#start = this.#now();
    this.#stages = [];
    this.#waits = [];
  }

  enter(stage: State['at']): void {
    const now = this.#now();
    const last = this.#stages.at(-1);
    if (last?.stage === stage && last.endMs === undefined) return;
    if (last) last.endMs ??= now;
    this.#stages.push({ stage, startMs: now, endMs: undefined });
  }

  add(kind: WaitKind, startMs: number, endMs: number): void {
    if (endMs > startMs && endMs > this.#start) this.#waits.push({ kind, startMs, endMs });
  }

  /** A wait that begins now. Returns how it ends: at a time that may have passed already. */
  begin(kind: WaitKind): (endMs: number) => void {
    const startMs = this.#now();
    return (endMs) => this.add(kind, startMs, endMs);
  }

  /** Runs `task` as a wait for somebody else. */
  async waiting<T>(kind: WaitKind, task: () => Promise<T>): Promise<T> {
    const startMs = this.#now();
    try {
      return await task();
    } finally {
      this.add(kind, startMs, this.#now());
    }
  }

  /** Stages with times from the card's placing; the last one may still be going on. */
  stages(): readonly Stage[] {
    return this.#stages.map(({ stage, startMs, endMs }) => ({
      stage,
      startMs: round(startMs - this.#start),
      durationMs: round((endMs ?? this.#now()) - startMs),
    }));
  }

  /** Milliseconds waited for each kind, overlaps within a kind counted once. */
  waits(): Readonly<Record<WaitKind, number>> {
    const of = (kind: WaitKind) => round(length(union(this.#allWaits().filter((wait) => wait.kind === kind))));
    return { wire: of('wire'), gateway: of('gateway'), person: of('person'), camera: of('camera') };
  }

  /** @returns milliseconds from the card's placing to the start of the stage that is going on, less the waits for others */
  machineMs(): number {
    const end = this.#stages.at(-1)?.startMs ?? this.#start;
    const forOthers = this.#allWaits().filter(({ kind }) => kind !== 'camera');
    return round(end - this.#start - length(clip(union(forOthers), { startMs: this.#start, endMs: end })));
  }

  #allWaits(): (Interval & { readonly kind: WaitKind })[] {
    const persons = this.#stages
      .filter(({ stage, endMs }) => endMs !== undefined && personStages.includes(stage))
      .map(({ startMs, endMs }) => ({ kind: 'person' as const, startMs, endMs: endMs ?? startMs }));
    return [...this.#waits, ...persons];
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
const length = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);

function clip(intervals: readonly Interval[], to: Interval): Interval[] {
  return intervals
    .map(({ startMs, endMs }) => ({ startMs: Math.max(startMs, to.startMs), endMs: Math.min(endMs, to.endMs) }))
    .filter(({ startMs, endMs }) => endMs > startMs);
}

/** Disjoint intervals that cover the same time. */
function union(intervals: readonly Interval[]): Interval[] {
  const merged: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of [...intervals].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else merged.push({ startMs, endMs });
  }
  return merged;
}
