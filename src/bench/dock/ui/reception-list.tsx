import type { DockReception } from '../dock-bench.ts';
import { isFaultCode, staffWords } from './fault-words.ts';
import { timeOf } from './moments.ts';
import { texts } from './texts.ts';

export function ReceptionList({ receptions }: { receptions: readonly DockReception[] }) {
  const t = texts.value;
  return (
    <section>
      <h2>{t.receptions}</h2>
      {receptions.length === 0 ? (
        <p class="note">{t.nothing}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{t.time}</th>
                <th>{t.method}</th>
                <th>{t.outcome}</th>
              </tr>
            </thead>
            <tbody>
              {receptions.map((reception) => (
                <tr key={reception.id}>
                  <td>{timeOf(reception.at)}</td>
                  <td>{reception.method ?? '—'}</td>
                  <td>
                    <strong>{reception.outcome}</strong>
                    {isFaultCode(reception.outcome) && <span> {staffWords(reception.outcome)}</span>}
                    {reception.fileName && <div class="note">{reception.fileName}</div>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
