import type { ShownPart } from '../../../technician/view.ts';
import { Outcome, standingOf } from './outcome.tsx';
import { Tool } from './tool.tsx';
import { words } from './words.ts';

/** One part: what was found, and where it failed what that means and what to do. */
export function PartPage({ shown }: { readonly shown: ShownPart }) {
  const t = words.value;
  const { name, means, toDo } = t.parts[shown.part];
  const { row, running } = shown;
  const found = row?.ok ? ('notHere' in row ? row.notHere : row.found) : row?.detail;
  return (
    <section class="part-page">
      <h2>
        {name}
        <span role="status">
          <Outcome at={standingOf(shown)} />
        </span>
      </h2>
      <dl>
        {row?.ok === false && (
          <>
            <dt>{t.code}</dt>
            <dd>
              {row.code}
              {row.code in t.codes && ` ${t.codes[row.code as keyof typeof t.codes]}`}
            </dd>
          </>
        )}
        {found !== undefined && (
          <>
            <dt>{t.found}</dt>
            <dd lang="en">{found}</dd>
          </>
        )}
        {row?.ok === false && (
          <>
            <dt>{t.means}</dt>
            <dd>{means}</dd>
            <dt>{t.toDo}</dt>
            <dd>{toDo}</dd>
          </>
        )}
      </dl>
      <div class="tools">
        <Tool says={{ say: 'again' }} main disabled={running}>
          {t.part.again}
        </Tool>
        <Tool says={{ say: 'back' }}>{t.part.back}</Tool>
      </div>
    </section>
  );
}
