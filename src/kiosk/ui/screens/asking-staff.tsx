import { CompareDrawing } from '../drawings/compare-drawing.tsx';
import { Page } from '../parts/page.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { StaffNote } from '../parts/staff-note.tsx';
import { StopWay } from '../parts/ways.tsx';
import { staffLang, texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** 目視確認: staff compare the person with the printed portrait, and type the facility password or approve at their desk. */
export function AskingStaff({ screen }: Shows<'asking-staff'>) {
  const t = texts.value.staff;
  const { digits, least, most, triesLeft } = screen;
  return (
    <Page title={t.title} side={<PinPad complete={digits >= least} />}>
      <CompareDrawing label={t.drawing} />
      <StaffNote>{t.compare}</StaffNote>
      {triesLeft !== undefined && (
        <p class="notice" lang={staffLang.value}>
          {t.rejected(triesLeft)}
        </p>
      )}
      <p class="note" lang={staffLang.value}>
        {triesLeft === undefined && `${t.password}\n`}
        {t.desk}
      </p>
      <div class="entered" role="status">
        <span class="password" aria-hidden="true">
          {Array.from({ length: most }, (_, place) => (
            <i key={String(place)} class={place < digits ? 'filled' : place < least ? 'needed' : ''} />
          ))}
        </span>
        <span lang={staffLang.value}>{t.typed(digits)}</span>
      </div>
      <div class="stack">
        <StopWay />
      </div>
    </Page>
  );
}
