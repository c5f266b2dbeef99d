import { texts } from '../preferences.ts';
import { StaffIcon } from './icons.tsx';

export const StaffLine = () => (
  <p class="staff-line">
    <StaffIcon />
    {texts.value.askStaff}
  </p>
);
