import { useEffect, useRef } from 'preact/hooks';
import { systemClock } from '../../../clock.ts';
import type { Capture } from '../../protocol.ts';
import { runCamera } from '../camera.ts';
import { type Turn, TurnArrow } from '../drawings/turn-drawing.tsx';
import { watchFace } from '../guidance/watch-face.ts';
import { onPreview } from '../link.ts';
import { texts } from '../preferences.ts';
import { createAim, drawCut } from '../upright-camera.ts';

/** What the camera sees, mirrored as people know themselves: the person's own left is at the left. An oval to fit the face in. */
export function Preview({ capture, turn }: { capture: Capture; turn: Turn | undefined }) {
  return (
    <div class="preview">
      <Sight capture={capture} />
      <svg class="oval" viewBox="0 0 480 480" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <path
          fill-rule="evenodd"
          class="oval-shade"
          d="M-200-200h880v880h-880z M240 60c92 0 138 80 138 172 0 100-60 188-138 188S102 332 102 232C102 140 148 60 240 60z"
        />
        <path class="oval-line" d="M240 60c92 0 138 80 138 172 0 100-60 188-138 188S102 332 102 232C102 140 148 60 240 60z" />
      </svg>
      {turn && <TurnArrow to={turn} />}
    </div>
  );
}

function Sight({ capture }: { capture: Capture }) {
  if (capture.source === 'reader') return <ReadersCamera />;
  const { nonce, turnedDeg } = capture;
  return turnedDeg ? <UprightCamera key={nonce} {...{ nonce, turnedDeg }} /> : <OwnCamera key={nonce} nonce={nonce} />;
}

function UprightCamera({ nonce, turnedDeg }: { nonce: string; turnedDeg: 90 | 270 }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const shown = canvas.current;
    if (!shown) return undefined;
    const video = Object.assign(document.createElement('video'), { muted: true, playsInline: true });
    const aim = createAim(systemClock);
    const cut = { turnedDeg, place: aim.place };
    let next = 0;
    const draw = () => {
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
        drawCut(video, shown, cut);
        shown.setAttribute('data-painted', '');
      }
      next = requestAnimationFrame(draw);
    };
    draw();
    const stops = [runCamera(video, nonce, cut), watchFace(shown), aim.stop, () => cancelAnimationFrame(next)];
    return () => {
      for (const stop of stops) stop();
      shown.width = 0;
    };
  }, []);
  return <canvas ref={canvas} width={640} height={480} role="img" aria-label={texts.value.face.preview} />;
}

function OwnCamera({ nonce }: { nonce: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => (video.current ? runCamera(video.current, nonce) : undefined), [nonce]);
  useEffect(() => (video.current ? watchFace(video.current) : undefined), []);
  return <video ref={video} aria-label={texts.value.face.preview} muted playsInline />;
}

function ReadersCamera() {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => onPreview((jpeg) => void draw(jpeg, canvas.current)), []);
  useEffect(() => (canvas.current ? watchFace(canvas.current) : undefined), []);
  return <canvas ref={canvas} width={640} height={480} role="img" aria-label={texts.value.face.preview} />;
}

async function draw(jpeg: Blob, canvas: HTMLCanvasElement | null): Promise<void> {
  const picture = await createImageBitmap(jpeg);
  canvas?.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas?.setAttribute('data-painted', '');
  picture.close();
}
