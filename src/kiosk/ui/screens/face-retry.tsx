import { LookDrawing } from '../drawings/look-drawing.tsx';
import { SeenDrawing } from '../drawings/seen-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { ClosedNote, FaceWay, PinWay, StaffWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function FaceRetry({ screen: { code, pin, visual } }: Shows<'face-retry'>) {
  const t = texts.value;
  const unseen = code === 'FACE-402';
  const tip = code === 'FACE-407' ? t.face.turnTip : unseen ? t.face.seenTip : t.face.retryTip;
  const picture = unseen ? <SeenDrawing label={t.face.seenDrawing} /> : <LookDrawing label={tip} />;
  return (
    <Page title={t.faults[code].title} picture={picture}>
      <p>{tip}</p>
      <div class="stack">
        <FaceWay kind="main" label={t.face.again} />
        {pin === 'open' ? <PinWay /> : <ClosedNote openness={pin} />}
        {visual && <StaffWay kind="quiet" />}
        <StopWay />
      </div>
    </Page>
  );
}
