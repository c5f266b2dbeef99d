import { TurnDrawing } from '../drawings/turn-drawing.tsx';
import { useShownHint } from '../guidance/shown-hint.ts';
import { Page } from '../parts/page.tsx';
import { Preview } from '../parts/preview.tsx';
import { ClosedNote, PinWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function MatchingFace({ screen }: Shows<'matching-face'>) {
  const t = texts.value;
  const hint = useShownHint(screen.hint);
  const turn = hint === 'turn-left' ? 'left' : hint === 'turn-right' ? 'right' : undefined;
  return (
    <Page title={turn ? t.face.titleTurning : t.face.title} picture={<Preview capture={screen.capture} turn={turn} />}>
      <p class="hint" role="status" data-hint={hint}>
        {turn && <TurnDrawing to={turn} />}
        <span>{t.face.hints[hint]}</span>
      </p>
      <p class="note">{t.face.kept}</p>
      <div class="stack">
        {screen.pin === 'open' ? <PinWay /> : <ClosedNote openness={screen.pin} />}
        <StopWay />
      </div>
    </Page>
  );
}
