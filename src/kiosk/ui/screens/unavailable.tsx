import { StaffDrawing } from '../drawings/staff-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { StaffLine } from '../parts/staff-line.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Unavailable({ screen }: Shows<'unavailable'>) {
  const t = texts.value;
  const { title, advice } = t.faults[screen.code];
  return (
    <Page title={title} picture={<StaffDrawing label={t.unavailable.drawing} />}>
      <p>{advice}</p>
      <StaffLine />
      <p class="code">{t.staffCode(screen.code)}</p>
    </Page>
  );
}
