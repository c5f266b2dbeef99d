import { useState } from 'preact/hooks';
import type { DockView } from '../dock-bench.ts';
import { type CardState, cardStates, type DockPerson, officeChannels } from '../outside.ts';
import { chosen, titleOf } from './choice.ts';
import { act, carriedOut } from './dock-link.ts';
import { texts } from './texts.ts';
import { WordChoice } from './word-choice.tsx';

/** What offices and insurers can change for the person whose card is chosen; nothing for a card that is nobody's. */
export function PersonPanel({ view }: { view: DockView }) {
  const t = texts.value.outside;
  const persona = chosen.value;
  const person = view.outside.people.find(({ personaId }) => personaId === persona?.id);
  if (!persona || !person) return null;
  const { personaId, insuranceCase } = person;
  return (
    <section>
      <h2>{t.person(titleOf(persona))}</h2>
      <Registration person={person} />
      <WordChoice
        label={t.insurance}
        words={t.cases}
        value={insuranceCase}
        onChoose={(name) => act({ type: 'insure', person: personaId, insuranceCase: name })}
      />
      {person.card && <Reissue key={personaId} personaId={personaId} card={person.card} />}
    </section>
  );
}

function Registration({ person: { personaId, channel } }: { person: DockPerson }) {
  const t = texts.value.outside;
  return (
    <fieldset class="options inline">
      <legend class="plain">{t.registration}</legend>
      {[...officeChannels, 'none' as const].map((offered) => (
        <label key={offered}>
          <input
            type="radio"
            name="registration"
            checked={(channel ?? 'none') === offered}
            onChange={() => act({ type: 'register', person: personaId, channel: offered })}
          />
          {t.channels[offered]}
        </label>
      ))}
      <p class="note">
        {channel === 'reader' && `${t.channels.reader} — `}
        {t.nextCard}
      </p>
    </fieldset>
  );
}

type Step = 'none' | 'busy' | 'done' | 'failed';

function Reissue({ personaId, card }: { personaId: string; card: CardState }) {
  const t = texts.value.outside;
  const [state, setState] = useState<CardState>(card);
  const [step, setStep] = useState<Step>('none');
  const reissue = async () => {
    setStep('busy');
    setStep((await carriedOut({ type: 'reissue', person: personaId, as: state })) ? 'done' : 'failed');
  };
  return (
    <div class="row">
      <WordChoice
        label={t.card}
        words={Object.fromEntries(cardStates.map((offered) => [offered, t.cards[offered]])) as Record<CardState, string>}
        value={state}
        onChoose={(chosenState) => {
          setState(chosenState);
          setStep('none');
        }}
      />
      <button type="button" disabled={step === 'busy'} onClick={() => void reissue()}>
        {step === 'busy' ? t.reissuing : t.reissue}
      </button>
      <p role="status">
        {step === 'done' && t.reissued}
        {step === 'failed' && t.notReissued}
      </p>
    </div>
  );
}
