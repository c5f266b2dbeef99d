import { useState } from 'preact/hooks';
import { ERASE_KEY } from '../../protocol.ts';
import { Page } from '../parts/page.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { PinWay, StopWay } from '../parts/ways.tsx';
import { staffLang, texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** The three printed fields of 照合番号B, in its order, and how many digits each has. */
const FIELDS = [
  { name: 'birth', digits: 6 },
  { name: 'expiry', digits: 4 },
  { name: 'security', digits: 4 },
] as const;
const DIGITS = 14;

/** For staff: what stands on the card's front is typed in, and shown as it is typed; it goes with this screen. */
export function TypingCode({ screen }: Shows<'typing-code'>) {
  const t = texts.value.code;
  const [typed, setTyped] = useState('');
  const keep = (key: number) =>
    setTyped((before) => (key === ERASE_KEY ? before.slice(0, -1) : (before + String.fromCharCode(key)).slice(0, DIGITS)));
  const shown = typed.slice(0, screen.digits).padEnd(screen.digits, '•').padEnd(DIGITS, '_');
  return (
    <Page title={t.title} side={<PinPad complete={screen.digits === DIGITS} onKey={keep} />}>
      <p class="note" role="status">
        <span lang={staffLang.value}>{t.which}</span> {texts.value.pin.entered(screen.digits, DIGITS)}
      </p>
      <dl class="code-fields">
        {FIELDS.map(({ name, digits }, index) => {
          const from = FIELDS.slice(0, index).reduce((sum, field) => sum + field.digits, 0);
          return (
            <div key={name} class={screen.digits >= from && screen.digits < from + digits ? 'now' : ''}>
              <dt lang={staffLang.value}>{t.fields[name]}</dt>
              <dd>{shown.slice(from, from + digits)}</dd>
            </div>
          );
        })}
      </dl>
      <div class="stack">
        {screen.pin === 'open' && <PinWay />}
        <StopWay />
      </div>
    </Page>
  );
}
