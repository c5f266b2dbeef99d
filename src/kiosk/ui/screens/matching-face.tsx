import { Page } from '../parts/page.tsx';
import { Preview } from '../parts/preview.tsx';
import { ClosedNote, PinWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function MatchingFace({ screen }: Shows<'matching-face'>) {
  const t = texts.value;
  return (
    <Page title={t.face.title} picture={<Preview capture={screen.capture} />}>
      <p class="hint" role="status">
        {t.face.hints[screen.hint]}
      </p>
      <p class="note">{t.face.kept}</p>
      <div class="stack">
        {screen.pin === 'open' ? <PinWay /> : <ClosedNote openness={screen.pin} />}
        <StopWay />
      </div>
    </Page>
  );
}
