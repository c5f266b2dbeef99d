/** Keeps the process that holds the panel's line there: starts it, listens to its heart, and replaces it when it is lost. */
import { type Clock, pause } from '../clock.ts';
import { type Fault, failed } from '../faults/result.ts';
import type { PanelNews, PanelOrder } from './panel-messages.ts';
import { type PanelProcess, startPanelProcess } from './panel-process.ts';

export type SupervisorOptions = {
  /** The panel's device node. */
  readonly path: string;
  readonly clock: Clock;
  readonly start?: typeof startPanelProcess;
  readonly onReady: (build: string) => void;
  /** Told once for each loss; the panel comes back by itself. */
  readonly onLost: (fault: Fault) => void;
  /** What the panel tells while it is there. */
  readonly onNews: (news: Extract<PanelNews, { at: 'case' | 'presence' }>) => void;
  /** One byte a key; see KEY_DOWN. */
  readonly onKey: (key: number) => void;
};

export type Supervisor = {
  /** To a panel that is there; otherwise the order is dropped. */
  send(order: PanelOrder): void;
  close(): Promise<void>;
};

/** A small board starts Node in 2 s, and a panel that was reset listens for a programmer for 1 s. */
const START_LIMIT_MS = 10_000;
/** The panel takes a host that is silent for 2 s for dead. */
const BEAT_PAUSE_MS = 400;
const ECHO_LIMIT_MS = 1_000;
/** A panel that stood so long was no failed attempt. */
const STEADY_MS = 30_000;
/** The first loss is mended at once; an absent panel must not take all the machine's time. */
const PAUSES_MS = [0, 500, 1_000, 2_000, 4_000] as const;
const LONGEST_PAUSE_MS = 8_000;

export function superviseBoard(options: SupervisorOptions): Supervisor {
  const closing = new AbortController();
  let ready: PanelProcess | undefined;
  const setReady = (child: PanelProcess | undefined) => {
    ready = child;
  };
  const keeping = keepThere(options, setReady, closing.signal);
  return {
    send: (order) => ready?.send(order),
    async close() {
      closing.abort();
      await keeping;
    },
  };
}

async function keepThere(options: SupervisorOptions, setReady: SetReady, closing: AbortSignal): Promise<void> {
  const { clock, onLost } = options;
  let losses = 0;
  while (!closing.aborted) {
    const startedAt = clock.now();
    const fault = await lossOf(options, setReady, closing);
    if (!fault) return;
    onLost(fault);
    losses = clock.now() - startedAt >= STEADY_MS ? 1 : losses + 1;
    await pause(clock, PAUSES_MS[losses - 1] ?? LONGEST_PAUSE_MS, closing);
  }
}

type SetReady = (child: PanelProcess | undefined) => void;

/** One life of the process. Resolves, when it has ended, with why; with undefined when it was to end. */
async function lossOf(options: SupervisorOptions, setReady: SetReady, closing: AbortSignal): Promise<Fault | undefined> {
  const { path, clock, start = startPanelProcess, onReady, onNews, onKey } = options;
  const life = new AbortController();
  const over = Promise.withResolvers<Fault | undefined>();
  const end = (fault?: Fault) => {
    life.abort();
    over.resolve(fault);
  };
  const child = start({ path, onKey, onNews: (news) => life.signal.aborted || take(news) });
  const heart = createHeart(clock, child, (detail) => end(lost(detail)));
  function take(news: PanelNews): void {
    switch (news.at) {
      case 'ready':
        setReady(child);
        onReady(news.build);
        heart.beat();
        break;
      case 'echoed':
        heart.answered();
        break;
      case 'failed':
        end(news.fault);
        break;
      default:
        onNews(news);
    }
  }
  void child.ended.then((why) => end(lost(why)));
  closing.addEventListener('abort', () => end(), { signal: life.signal });
  const fault = await over.promise;
  heart.stop();
  setReady(undefined);
  await child.kill();
  return fault;
}

const lost = (detail: string): Fault => failed('PANEL-251', detail).fault;

/** Beats through process, line and panel, and tells when it stands still. */
function createHeart(clock: Clock, child: PanelProcess, onStill: (detail: string) => void) {
  const late = () => onStill(`the panel did not get ready within ${START_LIMIT_MS / 1_000} s`);
  let cancel = clock.after(START_LIMIT_MS, late);
  const next = (afterMs: number, action: () => void) => {
    cancel();
    cancel = clock.after(afterMs, action);
  };
  const beat = () => {
    child.send({ do: 'echo' });
    next(ECHO_LIMIT_MS, () => onStill('the panel does not answer'));
  };
  return { beat, answered: () => next(BEAT_PAUSE_MS, beat), stop: () => cancel() };
}
