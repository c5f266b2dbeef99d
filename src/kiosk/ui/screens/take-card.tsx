import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { StaffLine } from '../parts/staff-line.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function TakeCard({ screen }: Shows<'take-card'>) {
  const t = texts.value.takeCard;
  return (
    <Page title={t.title} picture={<ReaderDrawing label={t.drawing} card="take" />}>
      <p>{screen.accepted ? t.accepted : t.ended}</p>
      {!screen.accepted && <StaffLine />}
    </Page>
  );
}
