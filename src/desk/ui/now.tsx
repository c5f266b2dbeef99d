import { useState } from 'preact/hooks';
import type { DeskView } from '../protocol.ts';
import { FocusedButton } from './focused-button.tsx';
import { type Answer, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';
import { clockTime } from './times.ts';
import { WithName } from './with-name.tsx';

/** What the reader shows now, and the one thing that staff can do about it from here. */
export function Now({ view: { now, you } }: { readonly view: DeskView }) {
  const [answer, setAnswer] = useState<Answer<void> | undefined>(undefined);
  const { states, now: words } = texts.value;
  const { approvable } = now;
  return (
    <section class={now.asksStaff || now.cardLeft ? 'now wanted' : 'now'} aria-label={words.title}>
      <h2>{words.title}</h2>
      <p aria-live="polite">
        <strong>{states[now.state]}</strong> <span class="soft">{words.since(clockTime(now.since))}</span>
        {now.asksStaff && <span class="mark">{words.asksStaff}</span>}
        {now.cardLeft && <span class="mark">{words.cardLeft}</span>}
      </p>
      <span class="space" />
      {approvable && <Approval key={approvable} receptionId={approvable} name={you.name} onAnswer={setAnswer} />}
      {!approvable && answer?.ok && <p role="status">{words.approved}</p>}
      <ProblemLine problem={answer && !answer.ok ? answer.problem : undefined} />
    </section>
  );
}

type ApprovalProps = {
  readonly receptionId: string;
  readonly name: string;
  readonly onAnswer: (answer: Answer<void> | undefined) => void;
};

/** One tap and a confirmation, for one reception: the next one begins anew. */
function Approval({ receptionId, name, onAnswer }: ApprovalProps) {
  const [confirming, confirm] = useState(false);
  const { now: words } = texts.value;
  const begin = () => {
    onAnswer(undefined);
    confirm(true);
  };
  const approve = async () => {
    confirm(false);
    onAnswer(await post('/approve', { receptionId }));
  };
  if (!confirming) {
    return (
      <button type="button" class="main" onClick={begin}>
        {words.approve}
      </button>
    );
  }
  return (
    <div class="confirm">
      <p>
        <WithName words={words.confirm} name={name} />
      </p>
      <FocusedButton class="main" onClick={approve}>
        {words.yes}
      </FocusedButton>
      <button type="button" onClick={() => confirm(false)}>
        {words.no}
      </button>
    </div>
  );
}
