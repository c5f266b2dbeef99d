import { Waiting } from '../parts/waiting.tsx';
import { texts } from '../preferences.ts';

export const VerifyingStaff = () => <Waiting title={texts.value.staff.verifying} step="identity" />;
