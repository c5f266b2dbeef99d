import { Consent } from '../questions/consent.tsx';
import { Dispensing } from '../questions/dispensing.tsx';
import { PrescriptionForm } from '../questions/prescription.tsx';
import { SpecificDiseases } from '../questions/specific-diseases.tsx';
import { Subsidy } from '../questions/subsidy.tsx';
import type { Shows } from '../screen-of.ts';

/** One question, one screen. */
export function Asking({ screen }: Shows<'asking'>) {
  const { question, prescriptions = [] } = screen;
  switch (question.ask) {
    case 'consent':
      return <Consent question={question} />;
    case 'specific-diseases':
      return <SpecificDiseases />;
    case 'subsidy':
      return <Subsidy />;
    case 'prescription':
      return <PrescriptionForm />;
    case 'dispensing':
      return <Dispensing prescriptions={prescriptions} />;
  }
}
