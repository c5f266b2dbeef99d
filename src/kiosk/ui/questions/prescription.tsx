import { say } from '../link.ts';
import { Choice } from '../parts/choice.tsx';
import { PaperIcon, PhoneIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';

/** 処方箋発行形態 (PrescriptionIssueSelect): 1 electronic, 2 on paper. */
const choose = (form: '1' | '2') => say({ type: 'answer', answer: { to: 'prescription', form } });

export function PrescriptionForm() {
  const t = texts.value.prescription;
  return (
    <Page title={t.title}>
      <div class="choices">
        <Choice {...t.electronic} icon={<PhoneIcon />} onPress={() => choose('1')} />
        <Choice {...t.paper} icon={<PaperIcon />} onPress={() => choose('2')} />
      </div>
      <div class="row ends">
        <StopWay />
      </div>
    </Page>
  );
}
