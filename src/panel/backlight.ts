import type { Clock } from '../clock.ts';

const FULL = 255;
/** Still readable from where a patient stands, and a tenth of the light: the eye sees it as about a third. */
const DIMMED = 25;
/** So long nobody has been there, and nothing has happened. */
const DIM_AFTER_MS = 30_000;

export type Backlight = {
  /** 0…255 */
  readonly level: number;
  /** @param wanted whether somebody may be looking; while nobody is, the light goes down after a while */
  look(wanted: boolean): void;
  stop(): void;
};

/** The screen's light. `onChange` is told of each other level, but not from within `look`. */
export function createBacklight(clock: Clock, onDimmed: () => void): Backlight {
  let level = FULL;
  let cancel: (() => void) | undefined;
  const stop = () => {
    cancel?.();
    cancel = undefined;
  };
  const dim = () => {
    cancel = undefined;
    level = DIMMED;
    onDimmed();
  };
  return {
    get level() {
      return level;
    },
    look(wanted) {
      if (wanted) {
        stop();
        level = FULL;
      } else if (level === FULL) cancel ??= clock.after(DIM_AFTER_MS, dim);
    },
    stop,
  };
}
