import { WaitingDrawing } from '../drawings/waiting-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { texts } from '../preferences.ts';

/** The reader is not there: the page has nothing to show but that it waits. */
export function Restarting() {
  const t = texts.value.restarting;
  return (
    <Page title={t.title} picture={<WaitingDrawing label={t.drawing} />}>
      <p>{t.body}</p>
    </Page>
  );
}
