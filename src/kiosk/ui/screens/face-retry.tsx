import { isSpokenFault } from '../../voice/spoken.ts';
import { LookDrawing } from '../drawings/look-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { ClosedNote, FaceWay, PinWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';
import { useSpoken } from '../speech/use-spoken.ts';

export function FaceRetry({ screen }: Shows<'face-retry'>) {
  const t = texts.value;
  useSpoken(isSpokenFault(screen.code) ? screen.code : undefined);
  const tip = screen.code === 'FACE-407' ? t.face.turnTip : t.face.retryTip;
  return (
    <Page title={t.faults[screen.code].title} picture={<LookDrawing label={tip} />}>
      <p>{tip}</p>
      <div class="stack">
        <FaceWay kind="main" label={t.face.again} />
        {screen.pin === 'open' ? <PinWay /> : <ClosedNote openness={screen.pin} />}
        <StopWay />
      </div>
    </Page>
  );
}
