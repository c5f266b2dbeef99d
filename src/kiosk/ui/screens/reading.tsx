import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { snapshot } from '../link.ts';
import { KeepLine } from '../parts/keep-line.tsx';
import { Page } from '../parts/page.tsx';
import { isSlot } from '../parts/place-words.ts';
import { texts } from '../preferences.ts';

export function Reading() {
  const t = texts.value.reading;
  const phone = snapshot.value?.phone ?? false;
  const picture = (
    <ReaderDrawing label={phone ? t.phoneDrawing : isSlot() ? texts.value.slot.readingDrawing : t.drawing} shows="scan" />
  );
  return (
    <Page title={phone ? t.phoneTitle : t.title} picture={picture}>
      <KeepLine />
    </Page>
  );
}
