import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const VerifyingPin = () => <Waiting title={texts.value.pin.verifying} step="identity" />;
