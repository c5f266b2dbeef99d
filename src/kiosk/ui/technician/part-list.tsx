import type { TechnicianView } from '../../../technician/view.ts';
import { sayTechnician } from '../link.ts';
import { Outcome, standingOf } from './outcome.tsx';
import { Tool } from './tool.tsx';
import { words } from './words.ts';

/** Every part with its state as it is now; each opens its own page. */
export function PartList({ view }: { readonly view: Extract<TechnicianView, { at: 'list' }> }) {
  const t = words.value;
  const running = view.parts.some((each) => each.running);
  const failed = view.parts.filter((each) => standingOf(each) === 'failed').length;
  return (
    <section class="part-list">
      <h2>
        {t.list.automatic}
        <span role="status">{running ? t.outcomes.running : t.list.summary(failed)}</span>
      </h2>
      <ul>
        {view.parts.map((shown) => (
          <li key={shown.part}>
            <button type="button" class="tile" onClick={() => sayTechnician({ say: 'look-at', part: shown.part })}>
              {t.parts[shown.part].name}
              <Outcome at={standingOf(shown)} />
            </button>
          </li>
        ))}
      </ul>
      <h2>{t.list.byHand}</h2>
      <ul>
        {view.byHand.map(({ test, works }) => (
          <li key={test}>
            <button type="button" class="tile" onClick={() => sayTechnician({ say: 'begin', test })}>
              {t.byHand[test].name}
              <Outcome at={works === undefined ? 'untested' : works ? 'ok' : 'failed'} />
            </button>
          </li>
        ))}
      </ul>
      <div class="tools">
        <Tool says={{ say: 'again' }} main disabled={running}>
          {t.list.again}
        </Tool>
        <Tool says={{ say: 'show-sheet' }}>{t.list.sheet}</Tool>
        <Tool says={{ say: 'show-desk' }}>{t.desk.title}</Tool>
      </div>
    </section>
  );
}
