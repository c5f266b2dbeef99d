import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { texts } from '../preferences.ts';

export function Reading() {
  const t = texts.value;
  return (
    <Page title={t.reading.title} picture={<ReaderDrawing label={t.reading.drawing} card="scan" />}>
      <p>{t.keepCard}</p>
    </Page>
  );
}
