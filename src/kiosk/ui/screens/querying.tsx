import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const Querying = () => <Waiting title={texts.value.waiting.querying} step="eligibility" />;
