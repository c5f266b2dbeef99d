import type { ComponentChildren } from 'preact';
import type { TechnicianIntent } from '../../../technician/view.ts';
import { sayTechnician } from '../link.ts';

type ToolProps = {
  readonly says: TechnicianIntent;
  readonly main?: boolean;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
};

/** A button that says one thing to the reader. */
export const Tool = ({ says, main = false, disabled = false, children }: ToolProps) => (
  <button type="button" class={main ? 'tool main' : 'tool'} disabled={disabled} onClick={() => sayTechnician(says)}>
    {children}
  </button>
);
