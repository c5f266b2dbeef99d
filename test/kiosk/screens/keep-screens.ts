import type { Browser } from 'playwright-core';
import type { LanguageCode } from '../../../src/texts/index.ts';
import { everyShot } from '../every-screen.ts';
import { languageCodes, mixDigitsAlike, openKiosk, type Scripted, showShot, sizes } from '../kiosk-browser.ts';
import type { Shot } from '../shot.ts';
import { clearDifferences, drawDifference } from './difference-sheet.ts';
import { keep, keepNames, keptNames, type Pictures, readKept } from './kept-pictures.ts';
import { differ, type Picture, takePicture } from './picture.ts';

/**
 * Looks at `shots` in these languages at both sizes and keeps what has changed; for each, kept and now are drawn beside one
 * another. Nothing is kept before all have been looked at. @returns how many pictures are new or changed
 */
export async function keepScreens(
  browser: Browser,
  scripted: Scripted,
  shots: readonly Shot[],
  languages: readonly LanguageCode[],
): Promise<number> {
  const names = everyShot.map(({ name }) => name);
  if (languages.length < languageCodes.length && String(await keptNames()) !== String(names))
    throw new Error('there are new screens, or some are gone: keep them in every language');
  const looked: { language: string; size: (typeof sizes)[number]; now: Pictures }[] = [];
  for (const size of sizes) {
    const page = await openKiosk(browser, scripted, size, mixDigitsAlike);
    for (const language of languages) {
      console.log(`${language} ${size.name}`);
      const kept = await readKept(language, size);
      const seen = new Map<string, Picture>();
      await clearDifferences(`${language}-${size.name}`);
      for (const shot of shots) {
        await showShot(page, scripted, shot, language);
        const before = kept.get(shot.name);
        const now = await takePicture(page);
        seen.set(shot.name, now);
        if (before && differ(before, now))
          console.log(await drawDifference(page, `${language}-${size.name}`, shot.name, before, now));
      }
      looked.push({ language, size, now: everyPicture(kept, seen) });
    }
    await page.context().close();
  }
  let changed = 0;
  for (const { language, size, now } of looked) changed += (await keep(language, size, now)).length;
  await keepNames(names);
  return changed;
}

/** One of every screen, in their order; what was not looked at stays as it was kept. */
function everyPicture(kept: Pictures, seen: Pictures): Pictures {
  const all = everyShot.flatMap(({ name }) => {
    const picture = seen.get(name) ?? kept.get(name);
    return picture ? [[name, picture] as const] : [];
  });
  if (all.length < everyShot.length) throw new Error('some screens have never been kept: run with --keep alone');
  return new Map(all);
}
