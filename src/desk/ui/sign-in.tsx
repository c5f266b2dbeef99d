import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { useState } from 'preact/hooks';
import { type Answer, type Problem, post, start } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';
import { TextField } from './text-field.tsx';
import { Trust } from './trust.tsx';

type Trouble = Problem | { readonly reason: 'cancelled' };

/** Three ways in: a passkey, the facility password, or a code with which somebody new registers a passkey. */
export function SignIn() {
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { signIn: words } = texts.value;
  const enter = async (way: () => Promise<Answer<void>>) => {
    setTrouble(undefined);
    const answer = await way().catch(() => 'cancelled' as const);
    if (answer === 'cancelled') setTrouble({ reason: 'cancelled' });
    else if (answer.ok) await start();
    else setTrouble(answer.problem);
  };
  return (
    <main class="sign-in">
      <h2>{words.title}</h2>
      {trouble?.reason === 'cancelled' ? (
        <p class="problem" role="alert">
          {words.cancelled}
        </p>
      ) : (
        <ProblemLine problem={trouble} />
      )}
      <div class="ways">
        {browserSupportsWebAuthn() && !isAddress(location.hostname) ? (
          <section>
            <h3>{words.passkey}</h3>
            <p class="soft">{words.passkeyAbout}</p>
            <button type="button" class="main" onClick={() => enter(signInByPasskey)}>
              {words.passkey}
            </button>
          </section>
        ) : (
          <p>{words.noPasskey}</p>
        )}
        <PasswordForm enter={enter} />
        <JoinForm enter={enter} />
      </div>
      <Trust />
    </main>
  );
}

type Enter = { readonly enter: (way: () => Promise<Answer<void>>) => Promise<void> };

function PasswordForm({ enter }: Enter) {
  const [name, setName] = useState('');
  const [digits, setDigits] = useState('');
  const { signIn: words } = texts.value;
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        await enter(() => post('/sign-in/password', passwordBody(digits, name)));
        setDigits('');
      }}
    >
      <h3>{words.password}</h3>
      <TextField label={words.who} value={name} set={setName} maxLength={40} />
      <TextField label={words.digits} value={digits} set={setDigits} secret pattern="[0-9]{6,12}" maxLength={12} />
      <button type="submit">{words.enter}</button>
    </form>
  );
}

function JoinForm({ enter }: Enter) {
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const { signIn: words } = texts.value;
  return (
    <form
      onSubmit={async (event) => {
        event.preventDefault();
        await enter(() => join(code, name));
      }}
    >
      <h3>{words.join}</h3>
      <p class="soft">{words.joinAbout}</p>
      <TextField label={words.code} value={code} set={setCode} maxLength={12} />
      <TextField label={words.who} value={name} set={setName} maxLength={40} />
      <button type="submit">{words.register}</button>
    </form>
  );
}

async function signInByPasskey(): Promise<Answer<void>> {
  const options = await post<Parameters<typeof startAuthentication>[0]['optionsJSON']>('/sign-in/options', {});
  if (!options.ok) return options;
  return post('/sign-in/passkey', { response: await startAuthentication({ optionsJSON: options.value }) });
}

async function join(code: string, name: string): Promise<Answer<void>> {
  const options = await post<Parameters<typeof startRegistration>[0]['optionsJSON']>('/join/options', { code, name });
  if (!options.ok) return options;
  return post('/join', { code, name, response: await startRegistration({ optionsJSON: options.value }) });
}

/** The layout stands at `parsePasswordSignIn`. */
function passwordBody(digits: string, name: string): Uint8Array {
  const encoder = new TextEncoder();
  return Uint8Array.of(digits.length, ...encoder.encode(digits), ...encoder.encode(name));
}

const isAddress = (host: string) => /^[\d.]+$|:/.test(host);
