import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const Proving = () => <Waiting title={texts.value.waiting.proving} step="identity" />;
