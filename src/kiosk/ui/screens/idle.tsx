import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { WaitsLine } from '../parts/waits-line.tsx';
import { texts } from '../preferences.ts';

export function Idle() {
  const t = texts.value.idle;
  return (
    <Page title={t.title} picture={<ReaderDrawing label={t.drawing} card="place" />}>
      <p>{t.way}</p>
      <p class="note">{t.case}</p>
      <WaitsLine />
    </Page>
  );
}
