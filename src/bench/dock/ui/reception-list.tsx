import type { DockReception } from '../dock-bench.ts';
import { isFaultCode, staffWords } from './fault-words.ts';
import { language, texts } from './texts.ts';

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
                <th>{t.file}</th>
              </tr>
            </thead>
            <tbody>
              {receptions.map((reception) => (
                <tr key={reception.id}>
                  <td>{new Date(reception.at).toLocaleTimeString(language.value)}</td>
                  <td>{reception.method ?? '—'}</td>
                  <td>
                    <strong>{reception.outcome}</strong>
                    {isFaultCode(reception.outcome) && <span> {staffWords(reception.outcome)}</span>}
                  </td>
                  <td>{reception.fileName ?? '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
