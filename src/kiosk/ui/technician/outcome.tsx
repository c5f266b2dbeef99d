import type { ShownPart } from '../../../technician/view.ts';
import { CheckIcon, CrossIcon } from '../parts/icons.tsx';
import { words } from './words.ts';

/** How a test stands, by sign and word: `untested` until there is an outcome. */
export type Standing = keyof ReturnType<typeof outcomeWords>;
const outcomeWords = () => words.value.outcomes;

export function standingOf({ running, row }: ShownPart): Standing {
  if (running) return 'running';
  if (row === undefined) return 'untested';
  if (!row.ok) return 'failed';
  return 'notHere' in row ? 'notHere' : 'ok';
}

export const Outcome = ({ at }: { readonly at: Standing }) => (
  <span class={`outcome ${at}`}>
    {at === 'ok' && <CheckIcon />}
    {at === 'failed' && <CrossIcon />}
    {outcomeWords()[at]}
  </span>
);
