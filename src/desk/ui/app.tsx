import type { ComponentType } from 'preact';
import { useState } from 'preact/hooks';
import type { DeskView } from '../protocol.ts';
import type { DeskTexts } from '../texts/index.ts';
import { Audit } from './audit.tsx';
import { Health } from './health.tsx';
import { lost, signOut, starting, view } from './link.ts';
import { Now } from './now.tsx';
import { Pending } from './pending.tsx';
import { People } from './people.tsx';
import { language, soundOn, texts } from './preferences.ts';
import { Receptions } from './receptions.tsx';
import { Settings } from './settings.tsx';
import { SignIn } from './sign-in.tsx';

type TabName = keyof DeskTexts['tabs'];
type Tab = { readonly name: TabName; readonly Page: ComponentType<{ readonly view: DeskView }>; readonly administrator?: true };

const tabs: readonly Tab[] = [
  { name: 'receptions', Page: Receptions },
  { name: 'pending', Page: Pending },
  { name: 'health', Page: Health },
  { name: 'settings', Page: Settings, administrator: true },
  { name: 'people', Page: People, administrator: true },
  { name: 'audit', Page: Audit, administrator: true },
];

export function App() {
  if (starting.value) return null;
  return (
    <>
      <Header />
      {view.value ? <Desk view={view.value} /> : <SignIn />}
    </>
  );
}

function Header() {
  const { product, signOut: signOutText, soundOn: on, soundOff: off, language: other } = texts.value;
  const you = view.value?.you;
  return (
    <header>
      <h1>{product}</h1>
      <span class="reader-id">{view.value?.readerId}</span>
      <span class="space" />
      {you && (
        <span>
          <bdi class="name">{you.name}</bdi>
          <span class="soft">（{texts.value.roles[you.role]}）</span>
        </span>
      )}
      <button type="button" lang={language.value === 'ja' ? 'en' : 'ja'} onClick={switchLanguage}>
        {other}
      </button>
      {you && (
        <>
          <button type="button" onClick={() => (soundOn.value = !soundOn.value)}>
            {soundOn.value ? on : off}
          </button>
          <button type="button" onClick={signOut}>
            {signOutText}
          </button>
        </>
      )}
    </header>
  );
}

function switchLanguage() {
  language.value = language.value === 'ja' ? 'en' : 'ja';
}

function Desk({ view }: { readonly view: DeskView }) {
  const [chosen, choose] = useState<TabName>('receptions');
  const open = tabs.filter(({ administrator }) => !administrator || view.you.role === 'administrator');
  const tab = open.find(({ name }) => name === chosen) ?? open[0];
  return (
    <>
      {lost.value && (
        <p class="lost" role="alert">
          {texts.value.lost}
        </p>
      )}
      <Now view={view} />
      <nav aria-label={texts.value.product}>
        {open.map(({ name }) => (
          <button type="button" key={name} aria-current={name === tab?.name ? 'page' : undefined} onClick={() => choose(name)}>
            {texts.value.tabs[name]}
            <Count of={countOf(name, view)} />
          </button>
        ))}
      </nav>
      <main>{tab && <tab.Page view={view} />}</main>
    </>
  );
}

/** How much of a tab wants to be looked at. */
function countOf(name: TabName, { pending, health }: DeskView): number {
  if (name === 'pending') return pending.length;
  return name === 'health' ? health.filter(({ attention }) => attention).length : 0;
}

const Count = ({ of }: { readonly of: number }) => (of > 0 ? <span class="count">{of}</span> : null);
