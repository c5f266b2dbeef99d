import type { ComponentChildren } from 'preact';
import { staffLang } from '../preferences.ts';

/** What staff read on the patient's screen: small, apart, never instead of what the patient is told. */
export const StaffNote = ({ children }: { children: ComponentChildren }) => (
  <p class="staff-note" lang={staffLang.value}>
    {children}
  </p>
);
