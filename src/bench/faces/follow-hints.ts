import type { Reader } from '../../reception/reader.ts';
import type { State } from '../../reception/state.ts';
import type { Pose } from './turning-head.ts';

/** Whoever stands before a camera turns the head where the screen asks for it. Returns the way to stop. */
export function followHints(reader: Reader, person: { pose(pose: Pose): void }): () => void {
  return reader.onChange((state) => person.pose(poseFor(state)));
}

function poseFor(state: State): Pose {
  if (state.at !== 'matching-face') return 'front';
  if (state.hint === 'turn-left') return 'left';
  return state.hint === 'turn-right' ? 'right' : 'front';
}
