import type { OqsGroup } from '../../../eligibility/gateway-types.ts';
import type { DockView } from '../dock-bench.ts';
import { informationItems, type OutsideView } from '../outside.ts';
import { titleOf } from './choice.ts';
import { act } from './dock-link.ts';
import { dayAndTimeOf, timeOf } from './moments.ts';
import { texts } from './texts.ts';

type Clinic = OutsideView['clinic'];

/** What the clinic can learn of its last patient, within the consent: so that a consent has an effect to be seen. */
export function ClinicPanel({ view }: { view: DockView }) {
  const t = texts.value.outside;
  const { patient, answer, log } = view.outside.clinic;
  const persona = view.personas.find(({ id }) => id === patient);
  return (
    <section>
      <h2>{t.clinic}</h2>
      <p class="note">{t.clinicAbout}</p>
      <p>{persona ? t.patient(titleOf(persona)) : t.noPatient}</p>
      <div class="row">
        {informationItems.map((item) => (
          <button key={item} type="button" class="small" disabled={!persona} onClick={() => act({ type: 'query', item })}>
            {t.ask(t.items[item])}
          </button>
        ))}
      </div>
      <div role="status">{answer && <Answer answer={answer} />}</div>
      {log.length > 0 && <QueryLog log={log} view={view} />}
    </section>
  );
}

function Answer({ answer }: { answer: NonNullable<Clinic['answer']> }) {
  const t = texts.value.outside;
  const item = t.items[answer.item];
  if (answer.outcome !== 'answered') return <p>{t.notTold(item, t.outcomes[answer.outcome] ?? answer.outcome)}</p>;
  return (
    <>
      <p>{t.told(item, dayAndTimeOf(answer.availableUntil))}</p>
      <ul class="entries">
        {answer.entries.map((entry) => (
          <li key={JSON.stringify(entry)}>{valuesOf(entry)}</li>
        ))}
      </ul>
    </>
  );
}

/** Entries of the bench are flat. */
function valuesOf(entry: OqsGroup): string {
  return Object.entries(entry)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ');
}

function QueryLog({ log, view }: { log: Clinic['log']; view: DockView }) {
  const t = texts.value;
  const { outcomes } = t.outside;
  const items: Readonly<Record<string, string>> = t.outside.items;
  const nameOf = (id: string | null) => view.personas.find((persona) => persona.id === id);
  return (
    <details>
      <summary>{t.outside.queryLog}</summary>
      <table>
        <thead>
          <tr>
            <th>{t.time}</th>
            <th>{t.cards}</th>
            <th>{t.outside.item}</th>
            <th>{t.outcome}</th>
          </tr>
        </thead>
        <tbody>
          {log.map(({ at, personaId, item, outcome }) => {
            const persona = nameOf(personaId);
            return (
              <tr key={`${at} ${item}`}>
                <td>{timeOf(at)}</td>
                <td>{persona ? titleOf(persona) : '—'}</td>
                <td>{items[item] ?? item}</td>
                <td>{outcomes[outcome] ?? outcome}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
