import { Tool } from './tool.tsx';
import { words } from './words.ts';

/** The sheet is printed where there is a printer: from the staff console. */
export function SheetPage({ deskUrl }: { readonly deskUrl: string | undefined }) {
  const t = words.value;
  return (
    <section class="sheet-page">
      <h2>{t.list.sheet}</h2>
      <p>{t.evidence.how}</p>
      {deskUrl !== undefined && <p class="large">{t.evidence.address(deskUrl)}</p>}
      <div class="tools">
        <Tool says={{ say: 'back' }} main>
          {t.part.back}
        </Tool>
      </div>
    </section>
  );
}
