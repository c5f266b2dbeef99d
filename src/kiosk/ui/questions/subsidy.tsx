import { say } from '../link.ts';
import { YesOrNo } from '../parts/yes-or-no.tsx';
import { texts } from '../preferences.ts';

/** 医療費助成の受給者証 */
export const Subsidy = () => (
  <YesOrNo words={texts.value.subsidy} onAnswer={(yes) => say({ type: 'answer', answer: { to: 'subsidy', yes } })} />
);
