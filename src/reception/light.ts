import { catalogue, type Light } from '../faults/catalogue.ts';
import { isPatientsTurn } from './rules.ts';
import type { State } from './state.ts';

/** What the front panel shows for a state. Between two patients staff are told that results wait for the clinic's folder. */
export function lightOf(state: State, handOverWaits: boolean): Light {
  if (isPatientsTurn(state)) return 'your-turn';
  switch (state.at) {
    case 'idle':
      return handOverWaits ? 'attention' : 'ready';
    case 'take-card':
      return 'your-turn';
    case 'done':
      return 'success';
    case 'stopped':
    case 'interrupted':
    case 'unavailable':
    case 'pending':
      return catalogue[state.code].light;
    default:
      return 'busy';
  }
}
