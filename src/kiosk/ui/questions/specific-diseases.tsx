import { say } from '../link.ts';
import { YesOrNo } from '../parts/yes-or-no.tsx';
import { texts } from '../preferences.ts';

/** 特定疾病療養受療証: a certificate that is handed over, asked apart from medical information. */
export const SpecificDiseases = () => (
  <YesOrNo
    words={texts.value.specificDiseases}
    onAnswer={(yes) => say({ type: 'answer', answer: { to: 'specific-diseases', yes } })}
  />
);
