import type { Result } from '../../faults/result.ts';
import type { CameraPort } from '../../reception/ports.ts';
import type { Finding } from '../self-test.ts';
import { PictureJudge } from './pictures.ts';

/** Looks through a running camera until enough has been seen. */
export async function checkFaceCamera(camera: CameraPort, over: AbortSignal): Promise<Finding> {
  const enough = new AbortController();
  const opened = await camera.frames(AbortSignal.any([over, enough.signal]));
  if (!opened.ok) return { at: 'failed', ...opened.fault };
  const judge = new PictureJudge();
  let pictures = 0;
  try {
    for await (const { jpeg, infrared } of opened.value) {
      infrared?.fill(0);
      pictures++;
      const noPicture = await judge.take(jpeg);
      if (noPicture) return noPicture;
      if (judge.hasSeenEnough) return judge.verdict();
    }
  } finally {
    enough.abort();
  }
  const detail = over.aborted ? `${pictures} pictures came in time, then none` : 'there is no camera, or it was unplugged';
  return { at: 'failed', code: 'FACE-405', detail };
}

/** A camera that gives one picture when it is asked. */
export type StillCamera = {
  /** JPEG, to be wiped by whoever asked. */
  take(signal: AbortSignal): Promise<Result<Uint8Array>>;
};

export async function checkCardCamera(camera: StillCamera, over: AbortSignal): Promise<Finding> {
  const judge = new PictureJudge();
  while (!judge.hasSeenEnough && !over.aborted) {
    const taken = await camera.take(over);
    if (!taken.ok) return { at: 'failed', ...taken.fault };
    const noPicture = await judge.take(taken.value);
    if (noPicture) return noPicture;
  }
  return judge.verdict();
}
