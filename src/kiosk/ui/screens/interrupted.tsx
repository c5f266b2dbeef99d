import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { StaffDrawing } from '../drawings/staff-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { adviceWords, placeWords } from '../parts/place-words.ts';
import { StaffLine } from '../parts/staff-line.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** The card was taken before the end: it can be placed again, or staff must hear what the gateway said. */
export function Interrupted({ screen: { code } }: Shows<'interrupted'>) {
  const t = texts.value;
  const again = code.startsWith('CARD-');
  const picture = again ? (
    <ReaderDrawing label={placeWords().drawing} shows="place" />
  ) : (
    <StaffDrawing label={t.unavailable.drawing} />
  );
  return (
    <Page title={t.faults[code].title} picture={picture}>
      <p>{adviceWords(code)}</p>
      {!again && <StaffLine />}
      <p class="code">{t.staffCode(code)}</p>
    </Page>
  );
}
