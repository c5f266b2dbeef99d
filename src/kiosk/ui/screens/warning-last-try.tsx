import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { KeypadIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { ClosedNote, FaceWay, StaffWay, StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function WarningLastTry({ screen: { face, visual } }: Shows<'warning-last-try'>) {
  const t = texts.value;
  return (
    <Page title={t.pin.lastTitle} picture={<p class="last-try">{t.pin.triesLeft(1)}</p>}>
      <p>{t.pin.lastMeaning}</p>
      <p class="note">{t.pin.lastCare}</p>
      <div class="stack">
        {face === 'open' ? <FaceWay kind="main" /> : <ClosedNote openness={face} />}
        {visual && <StaffWay kind={face === 'open' ? 'other' : 'main'} />}
        <div class="row">
          <Button onPress={() => say({ type: 'continue' })}>
            <KeypadIcon />
            {t.pin.lastContinue}
          </Button>
          <StopWay />
        </div>
      </div>
    </Page>
  );
}
