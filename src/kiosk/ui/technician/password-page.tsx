import { useEffect } from 'preact/hooks';
import type { PasswordProblem, TechnicianView } from '../../../technician/view.ts';
import { ERASE_KEY } from '../../protocol.ts';
import { sayTechnician, sendPinKey } from '../link.ts';
import { words } from './words.ts';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits leave the page as one byte each and are kept nowhere here. The panel's pad types as well: the reader listens to it. */
export function PasswordPage({ view }: { readonly view: Extract<TechnicianView, { at: 'password' }> }) {
  const t = words.value.password;
  const { digits, least, checking, problem } = view;
  const digit = (key: string) => (
    <button type="button" class="key" key={key} onClick={() => sendPinKey(key.charCodeAt(0))}>
      {key}
    </button>
  );
  useEffect(() => {
    const listen = ({ key }: KeyboardEvent) => {
      if (/^[0-9]$/.test(key)) sendPinKey(key.charCodeAt(0));
      else if (key === 'Backspace') sendPinKey(ERASE_KEY);
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
  return (
    <section class="password-page">
      <div>
        <h2>{t.title}</h2>
        <p>{t.about}</p>
        {problem && (
          <p class="notice" role="alert">
            {problemWords(problem)}
          </p>
        )}
        <p role="status">{checking ? t.checking : t.typed(digits)}</p>
      </div>
      <fieldset class="keys">
        <legend>{t.pad}</legend>
        {KEYS.map(digit)}
        <button type="button" class="key word" onClick={() => sendPinKey(ERASE_KEY)}>
          {t.erase}
        </button>
        {digit('0')}
        <button
          type="button"
          class="key word ok"
          disabled={digits < least || checking}
          onClick={() => sayTechnician({ say: 'enter-password' })}
        >
          {t.ok}
        </button>
      </fieldset>
    </section>
  );
}

function problemWords(problem: PasswordProblem): string {
  const t = words.value.password;
  switch (problem.at) {
    case 'wrong':
      return t.rejected(problem.triesLeft);
    case 'locked':
      return t.locked(problem.minutes);
    case 'none':
    case 'failed':
      return t[problem.at];
  }
}
