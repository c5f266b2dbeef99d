import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const Registering = () => <Waiting title={texts.value.registration.working} step="identity" />;
