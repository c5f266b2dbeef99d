import { catalogue, type Light } from '../faults/catalogue.ts';
import { isPatientsTurn } from './rules.ts';
import type { State } from './state.ts';

/** What the front panel shows for a state. */
export function lightOf(state: State): Light {
  if (isPatientsTurn(state)) return 'your-turn';
  switch (state.at) {
    case 'idle':
      return 'ready';
    case 'take-card':
      return 'your-turn';
    case 'done':
      return 'success';
    case 'stopped':
    case 'interrupted':
    case 'unavailable':
      return catalogue[state.code].light;
    default:
      return 'busy';
  }
}
