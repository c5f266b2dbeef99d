import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { TechnicianView } from '../../../technician/view.ts';
import { sayTechnician } from '../link.ts';
import { DeskPage } from './desk-page.tsx';
import { HandPage } from './hand-page.tsx';
import { PartList } from './part-list.tsx';
import { PartPage } from './part-page.tsx';
import { PasswordPage } from './password-page.tsx';
import { SheetPage } from './sheet-page.tsx';
import { forgetLanguage, technicianLanguage, turnLanguage, words } from './words.ts';

/** Stands over any screen; the keys and buttons behind a window do nothing. It closes when the reader says so. */
export function TechnicianMenu({ view }: { readonly view: TechnicianView }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const t = words.value;
  useLayoutEffect(() => dialog.current?.showModal(), []);
  useEffect(() => forgetLanguage, []);
  useEffect(() => {
    // A second Escape closes a window even where its `cancel` is turned down; without the key's own effect none does.
    const stay = (event: KeyboardEvent) => event.key === 'Escape' && event.preventDefault();
    addEventListener('keydown', stay);
    return () => removeEventListener('keydown', stay);
  }, []);
  return (
    <dialog ref={dialog} class="technician" lang={technicianLanguage.value} aria-labelledby="technician-title">
      <header>
        <h1 id="technician-title">{t.title}</h1>
        <button type="button" class="tool" lang={technicianLanguage.value === 'ja' ? 'en' : 'ja'} onClick={turnLanguage}>
          {t.language}
        </button>
        <button type="button" class="tool" onClick={() => sayTechnician({ say: 'leave' })}>
          {t.list.leave}
        </button>
      </header>
      <PageOf view={view} />
    </dialog>
  );
}

function PageOf({ view }: { readonly view: TechnicianView }): JSX.Element {
  switch (view.at) {
    case 'password':
      return <PasswordPage view={view} />;
    case 'list':
      return <PartList view={view} />;
    case 'part':
      return <PartPage shown={view.shown} />;
    case 'hand':
      return <HandPage step={view.step} />;
    case 'sheet':
      return <SheetPage deskUrl={view.deskUrl} />;
    case 'desk':
      return <DeskPage desk={view.desk} />;
  }
}
