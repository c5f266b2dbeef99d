import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

export const Recording = ({ screen }: Shows<'recording'>) => (
  <Waiting title={texts.value.waiting.recording} step="handOver" cardGone={screen.cardGone} />
);
