import type { KioskSource } from './kiosk-source.ts';

export type ScreenAge = {
  /** Whether the screen that was shown at `revision` is the one that is shown now. */
  stillStands(revision: number): boolean;
  stop(): void;
};

/**
 * Remembers since which revision the present screen is shown. A touch that was on its way while the screen
 * changed was meant for the earlier one, and must not act on the later.
 */
export function watchScreenAge(source: Pick<KioskSource, 'snapshot' | 'onChange'>): ScreenAge {
  let { screen, revision: since } = source.snapshot();
  const stop = source.onChange(() => {
    const next = source.snapshot();
    if (next.screen.at !== screen.at) since = next.revision;
    screen = next.screen;
  });
  return { stillStands: (revision) => revision >= since && revision <= source.snapshot().revision, stop };
}
