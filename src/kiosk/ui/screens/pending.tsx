import { adviceFor } from '../../../faults/advice.ts';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Papers } from '../parts/papers.tsx';
import { StaffNote } from '../parts/staff-note.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** The outage slip: never a success, and nothing that the patient did. */
export function Pending({ screen }: Shows<'pending'>) {
  const t = texts.value.pending;
  const slip = (
    <div class="slip">
      <p class="number">
        <span>{t.number}</span>
        <strong>{screen.number}</strong>
      </p>
      <Papers show={adviceFor(screen.code).show} />
    </div>
  );
  return (
    <Page title={t.title} picture={slip}>
      <p>{t.why}</p>
      <p class="hint">{t.show}</p>
      <StaffNote>{t.staff}</StaffNote>
      <div class="row ends">
        <Button kind="quiet" onPress={() => say({ type: 'continue' })}>
          {texts.value.finish}
        </Button>
        <p class="code">{texts.value.staffCode(screen.code)}</p>
      </div>
    </Page>
  );
}
