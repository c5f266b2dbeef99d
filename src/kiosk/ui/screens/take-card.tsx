import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { snapshot } from '../link.ts';
import { Page } from '../parts/page.tsx';
import { isSlot } from '../parts/place-words.ts';
import { StaffLine } from '../parts/staff-line.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** So many reminders after which a card counts as left behind: whoever stands here now is somebody else. */
const LEFT_BEHIND = 6;

export function TakeCard({ screen }: Shows<'take-card'>) {
  return screen.reminders >= LEFT_BEHIND ? <LeftBehind key="left" /> : <Take key="take" screen={screen} />;
}

function Take({ screen: { accepted, reminders } }: Shows<'take-card'>) {
  const t = texts.value.takeCard;
  const phone = snapshot.value?.phone ?? false;
  const reminded = reminders > 0 && !phone;
  const picture = (
    <ReaderDrawing label={phone ? t.phoneDrawing : isSlot() ? texts.value.slot.takeDrawing : t.drawing} shows="take" />
  );
  return (
    <Page title={phone ? t.phoneTitle : t.title} picture={picture}>
      <p role="status" class={reminded ? 'notice' : ''}>
        {reminded && t.reminder}
      </p>
      <p>{accepted ? t.accepted : t.ended}</p>
      {!accepted && <StaffLine />}
    </Page>
  );
}

function LeftBehind() {
  const t = texts.value.takeCard;
  const lies = isSlot() ? texts.value.slot.readingDrawing : texts.value.reading.drawing;
  return (
    <Page tone="strong" title={t.leftTitle} picture={<ReaderDrawing label={lies} shows="lies" />}>
      <p role="alert">{t.left}</p>
      <StaffLine />
    </Page>
  );
}
