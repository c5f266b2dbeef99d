import { DoneDrawing } from '../drawings/done-drawing.tsx';
import { snapshot } from '../link.ts';
import { Page } from '../parts/page.tsx';
import { StaffNote } from '../parts/staff-note.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export function Done({ screen }: Shows<'done'>) {
  const t = texts.value.done;
  const { validity, handOver, cardGone, cutShort, certificateDays } = screen;
  const unregistered = validity === '6';
  const next = snapshot.value?.phone ? t.nextPhone : t.next;
  const picture = (
    <>
      <DoneDrawing label={t.drawing} />
      {unregistered && <StaffNote>{`${texts.value.waits.label}　${t.validities['6'].staff}`}</StaffNote>}
    </>
  );
  return (
    <Page title={t.title} picture={picture}>
      <p>
        {t.validities[unregistered ? '6' : '1'].patient}
        {handOver === 'will-be-handed-over' && `\n${t.later}`}
      </p>
      {cutShort && <p class="notice">{t.cutShort}</p>}
      {certificateDays !== undefined && <p class="notice">{t.certificate(certificateDays)}</p>}
      <p class="hint">{cardGone ? t.wait : next}</p>
    </Page>
  );
}
