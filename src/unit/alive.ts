/** Signs of life for the service manager: they come only while the reader itself gets on. */
import type { Clock } from '../clock.ts';
import { boundOf } from '../reception/bounds.ts';
import type { Reader } from '../reception/reader.ts';
import type { Notifier } from './notify.ts';

/** A state is left at its bound; a loaded machine may be so late. */
const LATE_MS = 15_000;
/** Of the time that the service manager allows: one sign may be lost without harm. */
const SHARE = 1 / 3;

export type SignsOfLife = {
  /** From now on this reader must get on too. */
  follow(reader: Pick<Reader, 'state' | 'onChange'>): void;
  stop(): void;
};

/**
 * Sends a sign of life as often as the service manager wants one, from this program's event loop: a loop that stands
 * still sends none. None is sent either when the reader is stuck, which is when it has outstayed its state's bound.
 */
export function giveSignsOfLife(notifier: Pick<Notifier, 'alive' | 'status' | 'watchdogMs'>, clock: Clock): SignsOfLife {
  let stuckAt = (): string | undefined => undefined;
  let stopWatching = () => {};
  let cancel = () => {};
  function sign(everyMs: number): void {
    const stuck = stuckAt();
    if (stuck === undefined) notifier.alive();
    else notifier.status(`stuck: "${stuck}" does not end`);
    cancel = clock.after(everyMs, () => sign(everyMs));
  }
  if (notifier.watchdogMs !== undefined) sign(notifier.watchdogMs * SHARE);
  return {
    follow(reader) {
      let since = clock.now();
      stopWatching = reader.onChange(() => {
        since = clock.now();
      });
      stuckAt = () => {
        const bound = boundOf(reader.state);
        return bound && clock.now() - since > bound.ms + LATE_MS ? reader.state.at : undefined;
      };
    },
    stop() {
      cancel();
      stopWatching();
    },
  };
}
