import { RegisterDrawing } from '../drawings/register-drawing.tsx';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { texts } from '../preferences.ts';

/** 利用登録: once, for every clinic. Who would rather not today is told that it changes nothing about their care. */
export function OfferingRegistration() {
  const t = texts.value.registration;
  return (
    <Page title={t.title} picture={<RegisterDrawing label={t.drawing} />}>
      <p>{t.what}</p>
      <p class="note">{t.care}</p>
      <div class="stack">
        <Button kind="main" onPress={() => say({ type: 'register' })}>
          {t.yes}
        </Button>
        <Button onPress={() => say({ type: 'stop' })}>{t.no}</Button>
      </div>
    </Page>
  );
}
