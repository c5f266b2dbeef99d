import { systemClock } from '../../clock.ts';
import { sayCameraFailed, sendPicture, unsentBytes } from './link.ts';
import { type Cut, drawCut } from './upright-camera.ts';

/** What is sent, and asked of a camera that lies. */
const WIDTH = 640;
const HEIGHT = 480;
/** Asked of a camera that stands upright: from its tall picture a part of the usual shape is cut. */
const UPRIGHT = { width: 1280, height: 720 } as const;
const FRAME_MS = 100;
const JPEG_QUALITY = 0.85;
/** At most this many pictures wait to leave the page; later ones are dropped, none queue up. */
const MAX_UNSENT = 2;

/**
 * Opens this machine's camera for one capture, shows it in `video` and sends about ten JPEG pictures a second.
 * A camera that cannot be had or goes away is told of once.
 * @param nonce 32 hex digits that name the capture
 * @param cut which part of the picture is sent, of a camera that stands upright
 * @returns the way to stop: the camera is off at once and nothing more is sent
 */
export function runCamera(video: HTMLVideoElement, nonce: string, cut?: Cut): () => void {
  let stream: MediaStream | undefined;
  let cancelNext = () => {};
  let stopped = false;
  const canvas = Object.assign(document.createElement('canvas'), { width: WIDTH, height: HEIGHT });

  const stop = () => {
    stopped = true;
    cancelNext();
    for (const track of stream?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    canvas.width = 0;
  };
  const fail = () => {
    if (!stopped) sayCameraFailed(nonce);
    stop();
  };

  const start = async () => {
    stream = await navigator.mediaDevices.getUserMedia({
      video: { ...(cut ? UPRIGHT : { width: WIDTH, height: HEIGHT }), facingMode: 'user' },
      audio: false,
    });
    if (stopped) return stop();
    for (const track of stream.getVideoTracks()) track.onended = fail;
    video.srcObject = stream;
    await video.play();
    let lastBytes = 0;
    const sendNext = async () => {
      if (stopped) return;
      cancelNext = systemClock.after(FRAME_MS, () => void sendNext());
      if (unsentBytes() > (MAX_UNSENT - 1) * lastBytes) return;
      const jpeg = await takePicture(video, canvas, cut);
      if (stopped || !jpeg) return;
      lastBytes = jpeg.byteLength;
      sendPicture(nonce, jpeg);
    };
    await sendNext();
  };

  start().catch(fail);
  return stop;
}

/** @returns one JPEG of what `video` shows, not mirrored; undefined before the first picture has come */
async function takePicture(video: HTMLVideoElement, canvas: HTMLCanvasElement, cut?: Cut): Promise<ArrayBuffer | undefined> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined;
  if (cut) drawCut(video, canvas, cut);
  else canvas.getContext('2d')?.drawImage(video, 0, 0, WIDTH, HEIGHT);
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY));
  return jpeg?.arrayBuffer();
}
