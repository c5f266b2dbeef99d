import { useState } from 'preact/hooks';
import { type Answer, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';
import { TextField } from './text-field.tsx';

export function FacilityPassword({ isSet, onSet }: { readonly isSet: boolean; readonly onSet: () => void }) {
  const [digits, setDigits] = useState('');
  const [answer, setAnswer] = useState<Answer<void> | undefined>(undefined);
  const { people: words } = texts.value;
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        const given = await post('/facility-password', new TextEncoder().encode(digits));
        setDigits('');
        setAnswer(given);
        if (given.ok) onSet();
      }}
    >
      <h3>{words.setPassword}</h3>
      <p class="soft">
        {words.passwordAbout} {isSet ? words.passwordSet : words.passwordUnset}
      </p>
      <TextField label={words.newPassword} value={digits} set={setDigits} secret pattern="[0-9]{6,12}" maxLength={12} />
      <button type="submit">{words.change}</button>
      {answer?.ok && <p role="status">{words.changed}</p>}
      <ProblemLine problem={answer && !answer.ok ? answer.problem : undefined} />
    </form>
  );
}
