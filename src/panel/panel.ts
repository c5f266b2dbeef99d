/**
 * The front panel: ring of lights, tones, the screen's backlight, case switch, presence sensor and pad.
 *
 *   show, play → what is wanted → supervisor → [process: johnny-five → serial line] → panel
 *                                     ▲ heartbeat through all of it
 *
 * A reception never waits for any of this. What lasts is kept here as what is wanted and is shown anew whenever the panel
 * is back; a sound that came in between is not made up for.
 */
import type { Clock } from '../clock.ts';
import type { Light } from '../faults/catalogue.ts';
import type { Fault } from '../faults/result.ts';
import type { PanelPort } from '../reception/ports.ts';
import { createBacklight } from './backlight.ts';
import { rings } from './light-rings.ts';
import { KEY_DOWN } from './panel-messages.ts';
import type { startPanelProcess } from './panel-process.ts';
import { notesOf } from './sounds.ts';
import { superviseBoard } from './supervisor.ts';

export type PanelOptions = {
  /** Its device node, as `/dev/kazasu-panel`. */
  readonly path: string;
  readonly clock: Clock;
  readonly start?: typeof startPanelProcess;
};

/** What is known of the panel now. */
export type PanelStanding =
  | { readonly at: 'starting' }
  /** `build`: the id of its program. `caseOpen`, `somebody`: as the switch and the sensor say. */
  | { readonly at: 'ready'; readonly build: string; readonly caseOpen: boolean; readonly somebody: boolean }
  /** PANEL-251, PANEL-252; it comes back by itself. */
  | { readonly at: 'lost'; readonly fault: Fault };

/** @param key the character on the key, in ASCII @param down whether it goes down, or up again */
type PadKeyListener = (key: number, down: boolean) => void;

export interface Panel extends PanelPort {
  readonly standing: PanelStanding;
  /** Calls `listener` after every change of `standing`. Returns the way to stop. */
  watch(listener: () => void): () => void;
  /** Keys come here alone, and one at a time: whoever listens passes each on and keeps none. Returns the way to stop. */
  onKey(listener: PadKeyListener): () => void;
  close(): Promise<void>;
}

/** Starts the panel; a reader works without it until it is there, and after it was lost. */
export function createPanel({ path, clock, start }: PanelOptions): Panel {
  const watchers = new Set<() => void>();
  const keyListeners = new Set<PadKeyListener>();
  const backlight = createBacklight(clock, () => showWanted());
  let standing: PanelStanding = { at: 'starting' };
  let light: Light = 'ready';

  const supervisor = superviseBoard({
    ...{ path, clock, ...(start && { start }) },
    onReady(build) {
      // Switch and sensor tell of themselves anew.
      stand({ at: 'ready', build, caseOpen: false, somebody: false });
      showWanted();
    },
    onLost: (fault) => stand({ at: 'lost', fault }),
    onNews(news) {
      if (standing.at !== 'ready') return;
      const { caseOpen, somebody } = standing;
      const next = news.at === 'case' ? { caseOpen: news.open, somebody } : { caseOpen, somebody: news.somebody };
      // The levels are told of whenever one of them has changed.
      if (next.caseOpen !== caseOpen || next.somebody !== somebody) stand({ ...standing, ...next });
    },
    onKey(key) {
      lightScreen();
      for (const listener of [...keyListeners]) listener(key & ~KEY_DOWN, (key & KEY_DOWN) !== 0);
    },
  });

  function stand(next: PanelStanding): void {
    standing = next;
    lightScreen();
    for (const listener of [...watchers]) listener();
  }

  /** Full light at once, and as long as somebody is there or anything is going on. */
  function lightScreen(): void {
    const before = backlight.level;
    backlight.look(true);
    backlight.look(light !== 'ready' || (standing.at === 'ready' && standing.somebody));
    if (backlight.level !== before) showWanted();
  }

  const showWanted = () => supervisor.send({ do: 'show', look: { ring: rings[light], backlight: backlight.level } });

  return {
    get standing() {
      return standing;
    },
    show(next) {
      if (next === light) return;
      light = next;
      lightScreen();
      showWanted();
    },
    play(sound, urgency = 0) {
      supervisor.send({ do: 'play', notes: notesOf(sound, urgency) });
    },
    watch(listener) {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    onKey(listener) {
      keyListeners.add(listener);
      return () => keyListeners.delete(listener);
    },
    async close() {
      backlight.stop();
      await supervisor.close();
    },
  };
}
