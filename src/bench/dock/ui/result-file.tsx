import { texts } from './texts.ts';

/** The last result file as element and value, and as it is. */
export function ResultFile({ xml }: { xml: string | undefined }) {
  const t = texts.value;
  return (
    <section>
      <h2>{t.result}</h2>
      {xml === undefined ? (
        <p class="note">{t.nothing}</p>
      ) : (
        <>
          <dl class="fields">
            {valuesOf(xml).map(({ path, name, value }) => (
              <div key={path}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <details>
            <summary>{t.raw}</summary>
            <pre>{xml}</pre>
          </details>
        </>
      )}
    </section>
  );
}

type Value = { readonly path: string; readonly name: string; readonly value: string };

/** @returns the elements that hold text, in order */
function valuesOf(xml: string): Value[] {
  const elements = [...new DOMParser().parseFromString(xml, 'text/xml').querySelectorAll('*')];
  return elements
    .filter((element) => element.childElementCount === 0 && element.textContent)
    .map((element, index) => ({ path: `${index}:${element.tagName}`, name: element.tagName, value: element.textContent }));
}
