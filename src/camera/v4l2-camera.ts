/** A camera of this machine, read through Debian's v4l2-ctl(1), one picture a call: for what is looked at now and then. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { CameraPort, Frame } from '../reception/ports.ts';
import { createFrameSlot } from './frame-slot.ts';
import { MAX_JPEG_BYTES } from './page-camera.ts';

export type V4l2CameraOptions = {
  /** The device node, such as `/dev/kazasu-card-camera`. */
  readonly device: string;
  readonly clock: Clock;
  /** The program; absent: v4l2-ctl. */
  readonly program?: string;
};

/** The first pictures after a stream begins are dark: exposure has not settled. */
const SKIPPED = 3;
/** From the call to the picture; a UVC camera at 5 pictures a second needs a second. */
const PICTURE_MS = 3_000;

const format = 'width=1920,height=1080,pixelformat=MJPG';
const arguments_ = (device: string) => [
  ...['--device', device, `--set-fmt-video=${format}`],
  ...['--stream-mmap', `--stream-skip=${SKIPPED}`, '--stream-count=1', '--stream-to=-'],
];

export interface V4l2Camera extends CameraPort {
  /** One picture, to be wiped by whoever asked. Fault: FACE-405. */
  take(signal: AbortSignal): Promise<Result<Uint8Array>>;
}

/** Pictures of Motion-JPEG, 1920 × 1080. Faults: FACE-405 when there is no such device. */
export function createV4l2Camera({ device, clock, program = 'v4l2-ctl' }: V4l2CameraOptions): V4l2Camera {
  async function take(signal: AbortSignal): Promise<Result<Uint8Array>> {
    const bound = deadline(clock, PICTURE_MS, signal);
    try {
      return await run(program, arguments_(device), bound.signal);
    } finally {
      bound.done();
    }
  }

  return {
    take,
    async frames(signal): Promise<Result<AsyncIterable<Frame>>> {
      if (!(await isThere(device))) return failed('FACE-405', `there is no camera ${device}`);
      const slot = createFrameSlot(clock);
      const keepTaking = async () => {
        for (;;) {
          const picture = await take(signal);
          if (signal.aborted || !picture.ok) break;
          slot.put(picture.value);
        }
        slot.end();
      };
      void keepTaking();
      return ok(slot);
    },
  };
}

const isThere = (path: string) =>
  access(path, constants.R_OK).then(
    () => true,
    () => false,
  );

function run(program: string, args: readonly string[], signal: AbortSignal): Promise<Result<Uint8Array>> {
  return new Promise((resolve) => {
    const options = { encoding: 'buffer', maxBuffer: MAX_JPEG_BYTES, signal, killSignal: 'SIGKILL' } as const;
    execFile(program, [...args], options, (error, jpeg) =>
      // What is no picture is found out where it is decoded.
      resolve(error ? failed('FACE-405', `${program} gave no picture`) : ok(new Uint8Array(jpeg))),
    );
  });
}
