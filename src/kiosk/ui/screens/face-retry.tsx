import { LookDrawing } from '../drawings/look-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { ClosedNote, FaceWay, PinWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function FaceRetry({ screen }: Shows<'face-retry'>) {
  const t = texts.value;
  return (
    <Page title={t.faults[screen.code].title} picture={<LookDrawing label={t.face.retryTip} />}>
      <p>{t.face.retryTip}</p>
      <div class="stack">
        <FaceWay kind="main" label={t.face.again} />
        {screen.pin === 'open' ? <PinWay /> : <ClosedNote openness={screen.pin} />}
        <StopWay />
      </div>
    </Page>
  );
}
