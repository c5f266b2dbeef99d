import { useEffect, useRef, useState } from 'preact/hooks';
import { pause, systemClock } from '../../../clock.ts';
import { languages } from '../../../texts/index.ts';
import { OWN_PERSONA } from '../dock-bench.ts';
import { choose } from './choice.ts';
import { issueOwn } from './dock-link.ts';
import { language, texts } from './texts.ts';

type Step = { at: 'closed' } | { at: 'open' } | { at: 'busy' } | { at: 'done' } | { at: 'failed'; why: string };

const PICTURES = 3;
const BETWEEN_PICTURES_MS = 200;

/** A person with a webcam gets a test card with their own face, and can then authenticate with it for real. */
export function OwnCard() {
  const t = texts.value;
  const [step, setStep] = useState<Step>({ at: 'closed' });
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<MediaStream | undefined>(undefined);
  const close = () => {
    for (const track of camera.current?.getTracks() ?? []) track.stop();
    camera.current = undefined;
  };
  useEffect(() => close, []);

  const open = async () => {
    try {
      camera.current = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 }, audio: false });
      if (!video.current) return close();
      video.current.srcObject = camera.current;
      // Resolves when there is a picture to take; before that the canvas would stay empty.
      await video.current.play();
      setStep({ at: 'open' });
    } catch {
      close();
      setStep({ at: 'failed', why: t.noCamera });
    }
  };

  const issue = async () => {
    if (!video.current) return;
    setStep({ at: 'busy' });
    const result = await issueOwn(await takePictures(video.current));
    close();
    if (result.ok) choose(OWN_PERSONA);
    setStep(result.ok ? { at: 'done' } : { at: 'failed', why: languages[language.value].faults[result.fault.code].title });
  };

  const watching = step.at === 'open' || step.at === 'busy';
  return (
    <section>
      <h2>{t.own}</h2>
      <p class="note">{t.ownAbout}</p>
      <video ref={video} hidden={!watching} muted playsInline aria-label={t.own} />
      <div class="row">
        {!watching && (
          <button type="button" onClick={() => void open()}>
            {t.ownOpen}
          </button>
        )}
        {watching && (
          <button type="button" class="main" disabled={step.at === 'busy'} onClick={() => void issue()}>
            {step.at === 'busy' ? t.ownBusy : t.ownTake}
          </button>
        )}
        {step.at === 'open' && (
          <button
            type="button"
            onClick={() => {
              close();
              setStep({ at: 'closed' });
            }}
          >
            {t.ownCancel}
          </button>
        )}
      </div>
      <p role="status">
        {step.at === 'done' && t.ownDone}
        {step.at === 'failed' && `${t.failed}：${step.why}`}
      </p>
    </section>
  );
}

async function takePictures(video: HTMLVideoElement): Promise<Blob[]> {
  const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
  const pictures: Blob[] = [];
  for (let taken = 0; taken < PICTURES; taken++) {
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9));
    if (jpeg) pictures.push(jpeg);
    await pause(systemClock, BETWEEN_PICTURES_MS);
  }
  canvas.width = 0;
  return pictures;
}
