/**
 * Whether the kiosk's own page still shows what it is told to. Beats go out over the page's WebSocket, one at a time,
 * and the page answers each after it has painted: a renderer that is gone, stuck or starved cannot.
 *
 *     a beat answered within 500 ms     the page is well
 *     none of eight                     lost: `frozen` when nothing came, `slow` when answers came too late
 *     the WebSocket closes              lost at once: `gone`
 *     no page within 60 beats           lost: `never-came`
 *
 * Beats are counted, not seconds: when this process itself stood still, that is one beat and no fault of the page.
 */
import type { Clock } from '../../clock.ts';

const BEAT_MS = 250;
const IN_TIME_MS = 500;
/** 2 s, so that with the beat under way a loss is noticed within 3 s. */
const MISSES_ALLOWED = 8;
/** 15 s: Chromium's cold start on a small board. */
const MISSES_AT_START = 60;

export type Loss = 'gone' | 'frozen' | 'slow' | 'never-came';

/** The page's end of the watch: what its WebSocket tells. */
export type WatchedPage = { answered(beat: number): void; left(): void };

type Watch = {
  /** Names the page that is meant: another tab that shows the same must not hide its loss. */
  readonly key: string;
  /** The page has painted what the reader shows. */
  readonly onReady: () => void;
  /** Told once, and never after the watch was stopped. */
  readonly onLost: (why: Loss) => void;
};

export type PageWatch = {
  /** Awaits the page with this key from now on, and watches it. Returns the way to stop. */
  start(watch: Watch): () => void;
  /** A page has connected; `sendBeat` takes a number of one byte. Undefined: it is not the one that is watched. */
  join(key: string, sendBeat: (beat: number) => void): WatchedPage | undefined;
};

export function createPageWatch(clock: Clock): PageWatch {
  let awaited: { readonly key: string; join(sendBeat: (beat: number) => void): WatchedPage | undefined } | undefined;
  return {
    start(watch) {
      const { join, stop } = watchPage(clock, watch);
      awaited = { key: watch.key, join };
      return stop;
    },
    join: (key, sendBeat) => (key === awaited?.key ? awaited.join(sendBeat) : undefined),
  };
}

function watchPage(clock: Clock, { onReady, onLost }: Watch) {
  let sendBeat: ((beat: number) => void) | undefined;
  let beat = 0;
  let sentAt: number | undefined;
  let missed = 0;
  let late = 0;
  let ready = false;
  let over = false;

  const tick = () => {
    missed++;
    if (missed > (ready ? MISSES_ALLOWED : MISSES_AT_START)) return lose(!ready ? 'never-came' : late > 0 ? 'slow' : 'frozen');
    if (sentAt === undefined && sendBeat) {
      beat = (beat + 1) & 0xff;
      sentAt = clock.now();
      sendBeat(beat);
    }
    cancel = clock.after(BEAT_MS, tick);
  };
  let cancel = clock.after(BEAT_MS, tick);
  const stop = () => {
    over = true;
    cancel();
  };
  const lose = (why: Loss) => {
    if (over) return;
    stop();
    onLost(why);
  };
  const answered = (answer: number) => {
    if (over || sentAt === undefined || answer !== beat) return;
    const inTime = clock.now() - sentAt <= IN_TIME_MS;
    sentAt = undefined;
    late = inTime ? 0 : late + 1;
    if (!inTime) return;
    missed = 0;
    if (!ready) onReady();
    ready = true;
  };
  const join = (send: (beat: number) => void): WatchedPage | undefined => {
    if (over || sendBeat) return undefined;
    sendBeat = send;
    return { answered, left: () => lose('gone') };
  };
  return { join, stop };
}
