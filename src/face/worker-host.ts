import './no-telemetry.ts';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import { failed, type Result } from '../faults/result.ts';
import type { Sighting } from './recognise.ts';
import { within } from './within.ts';
import type { EndRequest, LookRequest, WorkerMessage, WorkerRequest, WorkerSettings } from './worker-messages.ts';

export interface FaceWorker {
  /** Waits until the models are loaded, checked and warm. Faults: FACE-403, FACE-406. */
  ready(signal: AbortSignal): Promise<Result<void>>;
  /** Moves the bytes to the worker and gives back what it sees there. Faults: FACE-402, 403, 404, 406. */
  look(request: LookRequest, signal: AbortSignal): Promise<Result<Sighting>>;
  close(): Promise<void>;
}

export type FaceWorkerOptions = {
  readonly modelsDir: string;
  readonly clock: Clock;
  /** Called when real work begins, and what it returned when the work has ended: a simulated clock must not run ahead. */
  readonly hold?: (() => () => void) | undefined;
  readonly spawn?: ((settings: WorkerSettings) => Worker) | undefined;
};

/** Under the bound of `reading`: a worker that never gets ready costs the patient the face, not the reception. */
const START_LIMIT_MS = 10_000;
/** Ten times what the slowest board is expected to need. */
const LOOK_LIMIT_MS = 5_000;
/** From one start that fails to the next the pause doubles, up to the longest: what is absent will not come at once. */
const RESTART_PAUSE_MS = { first: 1_000, longest: 60_000 } as const;

/** One run of the worker thread: a dead one is replaced by a new run, so that no answer can come to a wrong asker. */
type Run = {
  readonly worker: Worker;
  readonly readiness: PromiseWithResolvers<Result<void>>;
  readonly exited: PromiseWithResolvers<void>;
  readonly waiting: Map<number, (result: Result<Sighting>) => void>;
  /** Why it ended, as far as it is known. */
  error?: string;
  ended: boolean;
};

const gone = ({ error }: Run) => failed('FACE-406', error === undefined ? 'the worker ended' : `the worker ended (${error})`);

/** Starts the worker thread at once, and again when it dies: whoever waits for it then gets FACE-406. */
export function startFaceWorker({ modelsDir, clock, hold, spawn = spawnWorker }: FaceWorkerOptions): FaceWorker {
  let lastId = 0;
  let closed = false;
  /** Threads that have not ended, the one in use among them. */
  let alive = 0;
  let restartPauseMs: number = RESTART_PAUSE_MS.first;
  let cancelRestart = () => {};
  let run = start();

  function start(): Run {
    const worker = spawn({ modelsDir });
    const started: Run = {
      worker,
      readiness: Promise.withResolvers(),
      exited: Promise.withResolvers(),
      waiting: new Map(),
      ended: false,
    };
    worker.on('message', (message: WorkerMessage) => receive(started, message));
    // An error is followed by the exit, which is where the run ends.
    worker.on('error', (error) => {
      started.error = String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
    });
    worker.on('exit', () => {
      alive--;
      started.exited.resolve();
      end(started);
      replace();
    });
    alive++;
    return started;
  }

  function receive({ readiness, waiting, ended }: Run, message: WorkerMessage): void {
    if (message.type === 'ready') {
      if (!ended) restartPauseMs = RESTART_PAUSE_MS.first;
      readiness.resolve(message.result);
      return;
    }
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (answer) answer(message.result);
    else if (message.result.ok && message.result.value.at === 'face') message.result.value.template.fill(0);
  }

  function end(ended: Run): void {
    if (ended.ended) return;
    ended.ended = true;
    ended.readiness.resolve(gone(ended));
    for (const answer of ended.waiting.values()) answer(gone(ended));
    ended.waiting.clear();
    replace();
  }

  /** One that was given up may still be at work; a second such one would only take the board's last core. */
  function replace(): void {
    if (closed || !run.ended || alive > 1) return;
    cancelRestart();
    cancelRestart = clock.after(restartPauseMs, () => {
      restartPauseMs = Math.min(2 * restartPauseMs, RESTART_PAUSE_MS.longest);
      run = start();
    });
  }

  /** Waits for `work` of a run; a worker that takes longer than `limitMs` is given up and replaced. */
  async function bounded<T>(work: Promise<Result<T>>, limitMs: number, asked: Run, signal: AbortSignal): Promise<Result<T>> {
    const release = hold?.();
    const outcome = await within(work, limitMs, clock, signal);
    release?.();
    if (outcome.at === 'done') return outcome.value;
    if (outcome.at === 'aborted') return failed('FACE-406', 'aborted');
    askToEnd(asked);
    end(asked);
    return failed('FACE-406', 'the worker did not answer in time');
  }

  async function ready(asked: Run, signal: AbortSignal): Promise<Result<void>> {
    const readiness = await bounded(asked.readiness.promise, START_LIMIT_MS, asked, signal);
    return asked.ended ? gone(asked) : readiness;
  }

  return {
    ready: (signal) => ready(run, signal),
    async look(looked, signal) {
      const { bytes, infrared } = looked;
      const asked = run;
      const readiness = await ready(asked, signal);
      if (!readiness.ok) {
        bytes.fill(0);
        infrared?.fill(0);
        return readiness;
      }
      const id = ++lastId;
      const answer = new Promise<Result<Sighting>>((resolve) => asked.waiting.set(id, resolve));
      const request: WorkerRequest = { id, ...looked };
      asked.worker.postMessage(request, infrared ? [bytes.buffer, infrared.buffer] : [bytes.buffer]);
      const result = await bounded(answer, LOOK_LIMIT_MS, asked, signal);
      asked.waiting.delete(id);
      return result;
    },
    async close() {
      closed = true;
      cancelRestart();
      askToEnd(run);
      await within(run.exited.promise, START_LIMIT_MS, clock, new AbortController().signal);
    },
  };
}

function askToEnd({ worker }: Run): void {
  const request: EndRequest = { job: 'end' };
  worker.postMessage(request);
}

function spawnWorker(workerData: WorkerSettings): Worker {
  return new Worker(new URL('./worker.ts', import.meta.url), { workerData, name: 'face' });
}
