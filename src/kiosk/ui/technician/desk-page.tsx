import type { ShownDesk } from '../../../technician/view.ts';
import { Tool } from './tool.tsx';
import { words } from './words.ts';

/** Where staff open their console, and what lets the first of them in. */
export function DeskPage({ desk }: { readonly desk: ShownDesk | undefined }) {
  const t = words.value.desk;
  return (
    <section class="desk-page">
      <h2>{t.title}</h2>
      {desk === undefined ? <p>{t.none}</p> : <Console desk={desk} />}
      <div class="tools">
        <Tool says={{ say: 'back' }} main>
          {words.value.part.back}
        </Tool>
      </div>
    </section>
  );
}

function Console({ desk: { url, setupCode, fingerprint } }: { readonly desk: ShownDesk }) {
  const t = words.value.desk;
  return (
    <>
      <p>{setupCode === undefined ? t.led(url) : t.first(url)}</p>
      {setupCode !== undefined && (
        <p class="setup-code">
          <span>{t.code}</span>
          <strong>{setupCode}</strong>
        </p>
      )}
      <p>{t.fingerprint}</p>
      <p class="fingerprint">{fingerprint}</p>
    </>
  );
}
