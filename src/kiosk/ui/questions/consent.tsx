import { useState } from 'preact/hooks';
import type { ConsentItem } from '../../../reception/qualification.ts';
import type { ConsentWords } from '../../../texts/ja.ts';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { Page } from '../parts/page.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { StopWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Asks } from '../screen-of.ts';

const agree = (items: readonly ConsentItem[]) => say({ type: 'answer', answer: { to: 'consent', items } });

/** Medical information: only what is asked for is named, and nothing is agreed to beforehand. */
export function Consent({ question }: Asks<'consent'>) {
  const [choosing, setChoosing] = useState(false);
  return choosing ? (
    <ChooseEach key="each" question={question} onBack={() => setChoosing(false)} />
  ) : (
    <AllOrNone key="all" question={question} onEach={() => setChoosing(true)} />
  );
}

/** The answers weigh the same: the page does not push anybody to share. */
function AllOrNone({ question, onEach }: Asks<'consent'> & { onEach: () => void }) {
  const t = texts.value.consent;
  const { items } = question;
  return (
    <Page title={t.title}>
      <p class="care">{t.care}</p>
      <ul class="what">
        {items.map((item) => {
          const { name, about } = wordsOf(item, question);
          return (
            <li key={item}>
              <strong>{name}</strong>
              {about}
            </li>
          );
        })}
      </ul>
      <div class="answers">
        <Button onPress={() => agree(items)}>{items.length > 1 ? t.all : t.one}</Button>
        {items.length > 1 && <Button onPress={onEach}>{t.each}</Button>}
        <Button onPress={() => agree([])}>{t.none}</Button>
      </div>
      <div class="row ends">
        <StopWay />
        <p class="note">{t.until}</p>
      </div>
    </Page>
  );
}

function ChooseEach({ question, onBack }: Asks<'consent'> & { onBack: () => void }) {
  const t = texts.value.consent;
  const [given, setGiven] = useState<readonly ConsentItem[]>([]);
  const turn = (item: ConsentItem) => setGiven(given.includes(item) ? given.filter((other) => other !== item) : [...given, item]);
  return (
    <Page title={t.eachTitle}>
      <div class="toggles">
        {question.items.map((item) => {
          const { name, about } = wordsOf(item, question);
          return (
            <Toggle key={item} on={given.includes(item)} says={{ on: t.given, off: t.notGiven }} onToggle={() => turn(item)}>
              <strong>{name}</strong>
              <span>{about}</span>
            </Toggle>
          );
        })}
      </div>
      <p class="note">{t.care}</p>
      <div class="row ends">
        <Button kind="quiet" onPress={onBack}>
          {texts.value.back}
        </Button>
        <Button kind="main" onPress={() => agree(question.items.filter((item) => given.includes(item)))}>
          {t.decide}
        </Button>
      </div>
    </Page>
  );
}

function wordsOf(item: ConsentItem, { checkups }: Asks<'consent'>['question']): ConsentWords {
  const { items, elderlyCheckups } = texts.value.consent;
  const words = items[item];
  return item === 'checkups' && checkups === 'elderly' ? { ...words, name: elderlyCheckups } : words;
}
