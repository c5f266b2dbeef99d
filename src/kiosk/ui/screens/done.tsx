import { DoneDrawing } from '../drawings/done-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Done({ screen }: Shows<'done'>) {
  const t = texts.value.done;
  return (
    <Page title={t.title} picture={<DoneDrawing label={t.drawing} />}>
      <p>{screen.handOver === 'handed-over' ? t.body : t.bodyLater}</p>
      <p class="hint">{screen.cardGone ? t.wait : t.next}</p>
    </Page>
  );
}
