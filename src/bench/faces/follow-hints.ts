import type { Reader } from '../../reception/reader.ts';
import type { State } from '../../reception/state.ts';
import type { BenchCamera } from './bench-camera.ts';
import type { Pose } from './turning-head.ts';

/** Whoever stands before the bench's camera turns the head where the screen asks for it. Returns the way to stop. */
export function followHints(reader: Reader, camera: BenchCamera): () => void {
  return reader.onChange((state) => camera.pose(poseFor(state)));
}

function poseFor(state: State): Pose {
  if (state.at !== 'matching-face') return 'front';
  if (state.hint === 'turn-left') return 'left';
  return state.hint === 'turn-right' ? 'right' : 'front';
}
