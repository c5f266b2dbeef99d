import { CaseDrawing } from '../drawings/case-drawing.tsx';
import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { snapshot } from '../link.ts';
import { Page } from '../parts/page.tsx';
import { placeWords } from '../parts/place-words.ts';
import { WaitsLine } from '../parts/waits-line.tsx';
import { texts } from '../preferences.ts';

export function Idle() {
  const t = texts.value.idle;
  const place = placeWords();
  return (
    <Page title={place.title} picture={<ReaderDrawing label={place.drawing} shows="place" />}>
      <p>{place.way}</p>
      <p class="note case">
        <CaseDrawing />
        {t.case}
      </p>
      {snapshot.value?.phones && <p>{t.phone}</p>}
      {snapshot.value?.options.disaster && (
        <aside class="disaster" aria-label={t.disaster.title}>
          <strong>{t.disaster.title}</strong>
          <p>{t.disaster.body}</p>
        </aside>
      )}
      <WaitsLine />
    </Page>
  );
}
