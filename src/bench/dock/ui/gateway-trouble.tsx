import { type AnswerTrouble, maintainedParts, type OutsideView } from '../outside.ts';
import { act } from './dock-link.ts';
import { dayAndTimeOf } from './moments.ts';
import { NumberChoice } from './number-choice.tsx';
import { texts } from './texts.ts';

const counts = [0, 1, 3, 10] as const;

/** What the gateway's next answers suffer, and what is under maintenance. */
export function GatewayTrouble({ outside: { trouble, maintenance } }: { outside: OutsideView }) {
  const t = texts.value.outside;
  const set = (change: Partial<AnswerTrouble>) => act({ type: 'trouble', change });
  return (
    <>
      <fieldset class="options">
        <legend>{t.answers}</legend>
        <NumberChoice
          words={t.inProgress}
          value={trouble.inProgress}
          offered={counts}
          onChoose={(inProgress) => set({ inProgress })}
        />
        <NumberChoice
          words={t.loseAnswers}
          value={trouble.loseAnswers}
          offered={counts}
          onChoose={(loseAnswers) => set({ loseAnswers })}
        />
        <label>
          <input type="checkbox" checked={trouble.abnormal} onChange={() => set({ abnormal: !trouble.abnormal })} />
          {t.abnormal}
        </label>
      </fieldset>
      <fieldset class="options">
        <legend>{t.maintenance}</legend>
        {maintainedParts.map((part) => {
          const open = maintenance.find((one) => one.part === part);
          return (
            <label key={part}>
              <input
                type="checkbox"
                checked={open !== undefined}
                onChange={() => act({ type: 'maintenance', part, on: !open })}
              />
              {t.parts[part]}
              {open && <span class="note">{t.until(dayAndTimeOf(open.until))}</span>}
            </label>
          );
        })}
      </fieldset>
    </>
  );
}
