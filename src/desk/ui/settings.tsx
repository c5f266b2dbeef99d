import { useState } from 'preact/hooks';
import type { FacilityOptions } from '../../reception/facility-options.ts';
import type { AskedItem } from '../../reception/questions.ts';
import type { DeskView } from '../protocol.ts';
import { type Answer, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';

const items: readonly AskedItem[] = ['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases'];

export function Settings({ view: { settings } }: { readonly view: DeskView }) {
  const [edited, edit] = useState(settings);
  const [answer, setAnswer] = useState<Answer<void> | undefined>(undefined);
  const { settings: words, items: itemWords } = texts.value;
  const change = (part: Partial<FacilityOptions>) => {
    setAnswer(undefined);
    edit({ ...edited, ...part });
  };
  const withItem = (item: AskedItem, on: boolean) =>
    items.filter((each) => (each === item ? on : edited.consentItems.includes(each)));

  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        setAnswer(await post('/settings', edited));
      }}
    >
      <h2>{words.title}</h2>
      <p class="soft">{words.about}</p>
      <fieldset>
        <legend>{words.items}</legend>
        <p class="soft">{words.itemsAbout}</p>
        {items.map((item) => (
          <Check
            key={item}
            label={itemWords[item]}
            on={edited.consentItems.includes(item)}
            set={(on) => change({ consentItems: withItem(item, on) })}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>{texts.value.now.title}</legend>
        <Check label={words.visual} on={edited.visual} set={(visual) => change({ visual })} />
        <Check label={words.disaster} on={edited.disaster} set={(disaster) => change({ disaster })} />
      </fieldset>
      <fieldset>
        <legend>{words.pad}</legend>
        {(['scrambled', 'in-order'] as const).map((pad) => (
          <label key={pad}>
            <input type="radio" name="pad" checked={edited.pad === pad} onChange={() => change({ pad })} />
            {pad === 'scrambled' ? words.scrambled : words.inOrder}
          </label>
        ))}
      </fieldset>
      <button type="submit" class="main">
        {words.save}
      </button>
      {answer?.ok && <p role="status">{words.saved}</p>}
      <ProblemLine problem={answer && !answer.ok ? answer.problem : undefined} />
      <p>
        <a href="/evidence.html" download>
          {words.sheet}
        </a>
      </p>
    </form>
  );
}

type CheckProps = { readonly label: string; readonly on: boolean; readonly set: (on: boolean) => void };

const Check = ({ label, on, set }: CheckProps) => (
  <label>
    <input type="checkbox" checked={on} onChange={({ currentTarget }) => set(currentTarget.checked)} />
    {label}
  </label>
);
