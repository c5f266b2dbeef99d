import type { PartHealth } from '../desk-source.ts';
import type { DeskView } from '../protocol.ts';
import type { DeskTexts } from '../texts/index.ts';
import { texts } from './preferences.ts';

export function Health({ view: { health } }: { readonly view: DeskView }) {
  const { health: words, parts } = texts.value;
  return (
    <section>
      <h2>{words.title}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.part}</th>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {health.map((each) => (
            <tr key={each.part}>
              <th scope="row">{parts[each.part]}</th>
              <td>
                <b class={each.attention ? 'mark' : undefined}>{each.attention ? words.attention : words.ok}</b>{' '}
                {adviceOf(each, texts.value)} {each.daysLeft !== undefined && words.daysLeft(each.daysLeft)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function adviceOf({ attention }: PartHealth, { attention: ours, faults }: DeskTexts): string {
  if (attention === undefined) return '';
  const words: Readonly<Record<string, string>> = ours;
  return words[attention] ?? `${attention} ${faults[attention as keyof typeof faults].staff}`;
}
