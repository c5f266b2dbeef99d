import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export const Querying = ({ screen }: Shows<'querying'>) => (
  <Waiting title={texts.value.waiting.querying} step="eligibility" cardGone={screen.cardGone} />
);
