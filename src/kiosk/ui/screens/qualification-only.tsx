import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';

/** The months after the certificate's end: who is insured is told, and nothing of their medical history. */
export function QualificationOnly() {
  const t = texts.value.qualificationOnly;
  return (
    <Page title={t.title} picture={<ReaderDrawing label={texts.value.reading.drawing} shows="lies" />}>
      <p>{t.why}</p>
      <p class="note">{t.renew}</p>
      <div class="stack">
        <Button kind="main" onPress={() => say({ type: 'continue' })}>
          {texts.value.goOn}
        </Button>
        <StopWay />
      </div>
    </Page>
  );
}
