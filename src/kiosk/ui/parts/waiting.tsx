import { useEffect, useState } from 'preact/hooks';
import { systemClock } from '../../../clock.ts';
import { WaitingDrawing } from '../drawings/waiting-drawing.tsx';
import { texts } from '../preferences.ts';
import { CheckIcon } from './icons.tsx';
import { KeepLine } from './keep-line.tsx';
import { Page } from './page.tsx';
import { isSlot } from './place-words.ts';

/** A wait shorter than this needs no explanation. */
const PROGRESS_AFTER_MS = 3000;
/** An ordinary eligibility answer takes 3 to 7 seconds. */
const SLOW_AFTER_MS = 7000;

const steps = ['identity', 'consent', 'eligibility', 'handOver'] as const;
type Step = (typeof steps)[number];

type WaitingProps = {
  readonly title: string;
  readonly step: Step;
  /** The card has been taken: whoever reads this may be the next patient. */
  readonly cardGone?: boolean;
};

/** A wait told honestly: what is being done, from 3 s which steps are behind and ahead, from 7 s that it is slow. */
export function Waiting({ title, step, cardGone = false }: WaitingProps) {
  const t = texts.value;
  const waited = useWaitedMs();
  return (
    <Page title={title} picture={<WaitingDrawing label={t.waiting.drawing} />}>
      {cardGone ? <p class="hint">{isSlot() ? t.slot.cardGone : t.waiting.cardGone}</p> : <KeepLine />}
      <div class="wait-room" role="status">
        {waited >= PROGRESS_AFTER_MS && <Steps now={step} />}
        {waited >= SLOW_AFTER_MS && <p class="note">{t.waiting.slow}</p>}
      </div>
    </Page>
  );
}

function Steps({ now }: { now: Step }) {
  const t = texts.value.waiting;
  const reached = steps.indexOf(now);
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <li key={step} class={index < reached ? 'behind' : index === reached ? 'now' : 'ahead'}>
          <span class="step-mark">{index < reached ? <CheckIcon /> : index + 1}</span>
          {t.steps[step]}
          <small>{index < reached ? t.stepDone : index === reached ? t.stepNow : ''}</small>
        </li>
      ))}
    </ol>
  );
}

/** @returns 0, then the last of the two marks that this screen has stood for */
function useWaitedMs(): number {
  const [waited, setWaited] = useState(0);
  useEffect(() => {
    const cancels = [PROGRESS_AFTER_MS, SLOW_AFTER_MS].map((ms) => systemClock.after(ms, () => setWaited(ms)));
    return () => {
      for (const cancel of cancels) cancel();
    };
  }, []);
  return waited;
}
