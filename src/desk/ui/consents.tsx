import type { AskedItem, Given } from '../../reception/questions.ts';
import { texts } from './preferences.ts';

const order: readonly AskedItem[] = ['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases'];

/** What was agreed to, item by item; never by colour alone. `brief`: what was not asked is left out. */
export function Consents({ given, brief }: { readonly given: Given; readonly brief?: boolean }) {
  const { items, list } = texts.value;
  const shown = brief ? order.filter((item) => given.asked.includes(item)) : order;
  return (
    <ul class={brief ? 'consents brief' : 'consents'}>
      {shown.map((item) => (
        <li key={item}>
          {items[item]} <b class={answerOf(given, item)}>{brief ? signs[answerOf(given, item)] : list[answerOf(given, item)]}</b>
          {brief && <span class="unseen">{list[answerOf(given, item)]}</span>}
        </li>
      ))}
    </ul>
  );
}

const signs = { given: '○', refused: '×', notAsked: '–' } as const;

function answerOf({ asked, consents }: Given, item: AskedItem): keyof typeof signs {
  if (!asked.includes(item)) return 'notAsked';
  return consents.includes(item) ? 'given' : 'refused';
}
