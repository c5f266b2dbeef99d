import type { DeskView } from '../protocol.ts';
import { texts } from './preferences.ts';
import { clockTime, dayAndTime } from './times.ts';

export function Pending({ view: { pending } }: { readonly view: DeskView }) {
  const { pending: words, list, faults } = texts.value;
  return (
    <section>
      <h2>{words.title}</h2>
      <p class="soft">{words.about}</p>
      {pending.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{list.time}</th>
              <th scope="col">{list.number}</th>
              <th scope="col">{words.why}</th>
              <th scope="col">{words.attempts}</th>
              <th scope="col">{words.next}</th>
            </tr>
          </thead>
          <tbody>
            {pending.map(({ receptionId, startedAt, code, attempts, nextAt }) => (
              <tr key={receptionId}>
                <td>{dayAndTime(startedAt)}</td>
                <td class="number">{receptionId}</td>
                <td>
                  {code} {faults[code].staff}
                </td>
                <td>{attempts ?? '–'}</td>
                <td>{nextAt ? clockTime(nextAt) : words.soon}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
