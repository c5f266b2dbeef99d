import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const Recording = () => <Waiting title={texts.value.waiting.recording} step="handOver" />;
