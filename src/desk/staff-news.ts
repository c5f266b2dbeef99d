import type { Clock } from '../clock.ts';
import type { StaffNews } from '../reception/ports.ts';
import type { Warning } from '../reception/warnings.ts';
import type { Glyphs } from './desk-source.ts';

/** What is personal is kept so long, in memory alone. */
const PERSONAL_MS = 10 * 60_000;
/** Warnings name nobody; so many receptions back they can be seen. */
const MOST_WARNINGS = 200;

export type KeptStaffNews = {
  keep(news: StaffNews): void;
  /** The picture of a name that came after the news. @param namePicture PNG, wiped with what is kept of the reception */
  keepName(receptionId: string, namePicture: Uint8Array): void;
  warnings(receptionId: string): readonly Warning[];
  glyphs(receptionId: string): Glyphs | undefined;
  /** Wipes all of it. */
  close(): void;
};

export function createStaffNews(clock: Pick<Clock, 'after'>, changed: () => void): KeptStaffNews {
  const warnings = new Map<string, readonly Warning[]>();
  const glyphs = new Map<string, { readonly shown: Glyphs; readonly forget: () => void }>();

  function forget(receptionId: string): void {
    const kept = glyphs.get(receptionId);
    kept?.forget();
    kept?.shown.namePng?.fill(0);
    glyphs.delete(receptionId);
  }

  function show(receptionId: string, shown: Glyphs): void {
    const cancel = clock.after(PERSONAL_MS, () => {
      forget(receptionId);
      changed();
    });
    glyphs.set(receptionId, { shown, forget: cancel });
  }

  return {
    keep({ receptionId, replaced, namePicture, warnings: those }) {
      warnings.set(receptionId, those);
      for (const oldest of [...warnings.keys()].slice(0, -MOST_WARNINGS)) warnings.delete(oldest);
      forget(receptionId);
      if (replaced.length > 0 || namePicture) show(receptionId, { replaced, ...(namePicture ? { namePng: namePicture } : {}) });
      changed();
    },
    keepName(receptionId, namePng) {
      const replaced = glyphs.get(receptionId)?.shown.replaced ?? [];
      forget(receptionId);
      show(receptionId, { replaced, namePng });
      changed();
    },
    warnings: (receptionId) => warnings.get(receptionId) ?? [],
    glyphs: (receptionId) => glyphs.get(receptionId)?.shown,
    close() {
      for (const receptionId of [...glyphs.keys()]) forget(receptionId);
    },
  };
}
