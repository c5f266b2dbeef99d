import { useState } from 'preact/hooks';
import type { DeskReception } from '../desk-source.ts';
import type { DeskView } from '../protocol.ts';
import { Consents } from './consents.tsx';
import { texts } from './preferences.ts';
import { ReceptionDetail } from './reception-detail.tsx';
import { approverLine, notesOf, outcomeLine } from './reception-words.ts';
import { clockTime } from './times.ts';

/** The live list, and beside it whatever is chosen of it. */
export function Receptions({ view: { receptions, names } }: { readonly view: DeskView }) {
  const [chosen, choose] = useState<string | undefined>(undefined);
  const { list } = texts.value;
  const detail = receptions.find(({ receptionId }) => receptionId === chosen);
  return (
    <div class="columns">
      <section>
        <h2>{list.title}</h2>
        {receptions.length === 0 ? (
          <p>{list.none}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">{list.time}</th>
                <th scope="col">{list.method}</th>
                <th scope="col">{list.result}</th>
                <th scope="col">{list.consents}</th>
                <th scope="col">{list.notes}</th>
              </tr>
            </thead>
            <tbody>
              {receptions.map((reception) => (
                <Row
                  key={reception.receptionId}
                  reception={reception}
                  names={names}
                  isChosen={reception === detail}
                  choose={choose}
                />
              ))}
            </tbody>
          </table>
        )}
      </section>
      <ReceptionDetail reception={detail} names={names} />
    </div>
  );
}

type RowProps = {
  readonly reception: DeskReception;
  readonly names: DeskView['names'];
  readonly isChosen: boolean;
  readonly choose: (receptionId: string) => void;
};

function Row({ reception, names, isChosen, choose }: RowProps) {
  const { methods } = texts.value;
  const { receptionId, startedAt, method, given } = reception;
  return (
    <tr class={isChosen ? 'chosen' : undefined}>
      <td>
        <button type="button" class="row" aria-expanded={isChosen} onClick={() => choose(receptionId)}>
          {clockTime(startedAt)}
        </button>
      </td>
      <td>
        {method ? methods[method] : '–'}
        <div class="soft">{approverLine(reception, names)}</div>
      </td>
      <td>{outcomeLine(reception)}</td>
      <td>{given && <Consents given={given} brief />}</td>
      <td>
        {notesOf(reception).map((note) => (
          <div key={note} class="note">
            {note}
          </div>
        ))}
      </td>
    </tr>
  );
}
