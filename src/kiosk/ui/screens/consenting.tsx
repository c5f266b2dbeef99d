import { useState } from 'preact/hooks';
import type { ConsentItem } from '../../../reception/qualification.ts';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { CheckIcon, CrossIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';

const everything = ['medicines', 'checkups', 'treatment', 'surgery'] as const satisfies readonly ConsentItem[];

const agree = (items: readonly ConsentItem[]) => say({ type: 'consent', items });

export function Consenting() {
  const [choosing, setChoosing] = useState(false);
  return choosing ? (
    <ChooseEach key="each" onBack={() => setChoosing(false)} />
  ) : (
    <Question key="question" onEach={() => setChoosing(true)} />
  );
}

/** The three answers weigh the same: the page does not push anybody to share. */
function Question({ onEach }: { onEach: () => void }) {
  const t = texts.value;
  return (
    <Page title={t.consent.title}>
      <p class="care">{t.consent.care}</p>
      <ul class="what">
        {everything.map((item) => (
          <li key={item}>
            <strong>{t.consent.items[item].name}</strong>
            {t.consent.items[item].about}
          </li>
        ))}
      </ul>
      <div class="answers">
        <Button onPress={() => agree(everything)}>{t.consent.all}</Button>
        <Button onPress={onEach}>{t.consent.each}</Button>
        <Button onPress={() => agree([])}>{t.consent.none}</Button>
      </div>
      <div class="row ends">
        <StopWay />
        <p class="note">{t.consent.until}</p>
      </div>
    </Page>
  );
}

function ChooseEach({ onBack }: { onBack: () => void }) {
  const t = texts.value;
  const [given, setGiven] = useState<readonly ConsentItem[]>([]);
  const toggle = (item: ConsentItem) =>
    setGiven(given.includes(item) ? given.filter((other) => other !== item) : [...given, item]);
  return (
    <Page title={t.consent.eachTitle}>
      <div class="toggles">
        {everything.map((item) => (
          <Toggle key={item} item={item} given={given.includes(item)} onToggle={() => toggle(item)} />
        ))}
      </div>
      <p class="note">{t.consent.care}</p>
      <div class="row ends">
        <Button kind="quiet" onPress={onBack}>
          {t.back}
        </Button>
        <Button kind="main" onPress={() => agree(everything.filter((item) => given.includes(item)))}>
          {t.consent.decide}
        </Button>
      </div>
    </Page>
  );
}

type ToggleProps = { readonly item: ConsentItem; readonly given: boolean; readonly onToggle: () => void };

/** Says in words and by a sign whether it is shared; colour only supports. */
function Toggle({ item, given, onToggle }: ToggleProps) {
  const t = texts.value.consent;
  return (
    <button type="button" class="toggle" aria-pressed={given} onClick={onToggle}>
      <span class="toggle-words">
        <strong>{t.items[item].name}</strong>
        <span>{t.items[item].about}</span>
      </span>
      <span class="toggle-state">
        {given ? <CheckIcon /> : <CrossIcon />}
        {given ? t.given : t.notGiven}
      </span>
    </button>
  );
}
