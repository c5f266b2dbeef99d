import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Interrupted({ screen }: Shows<'interrupted'>) {
  const t = texts.value;
  return (
    <Page title={t.faults[screen.code].title} picture={<ReaderDrawing label={t.idle.drawing} card="place" />}>
      <p>{t.faults[screen.code].advice}</p>
      <p class="code">{t.staffCode(screen.code)}</p>
    </Page>
  );
}
