import { useState } from 'preact/hooks';
import type { GlyphsView } from '../protocol.ts';
import { type Problem, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';

/** The characters behind ●, fetched only when somebody asks, and gone from the page when hidden or another is chosen. */
export function Glyphs({ receptionId }: { readonly receptionId: string }) {
  const [shown, show] = useState<GlyphsView | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const { detail, elements } = texts.value;

  async function fetchGlyphs() {
    const answer = await post<GlyphsView>('/glyphs', { receptionId });
    show(answer.ok ? answer.value : undefined);
    setProblem(answer.ok ? undefined : answer.problem);
  }

  return (
    <div class="glyphs">
      <p class="soft">{detail.glyphsAbout}</p>
      <button type="button" onClick={shown ? () => show(undefined) : fetchGlyphs}>
        {shown ? detail.hide : detail.glyphs}
      </button>
      <ProblemLine problem={problem} />
      {shown && (
        <div aria-live="polite">
          {shown.namePngBase64 && <img src={`data:image/png;base64,${shown.namePngBase64}`} alt={detail.picture} />}
          <dl>
            {shown.replaced.map(({ path, text }) => (
              <div key={path}>
                <dt>{elements[elementOf(path)] ?? elementOf(path)}</dt>
                <dd class="glyph" lang="ja">
                  <bdi>{text}</bdi>
                </dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}

/** The last element of `…/ResultOfQualificationConfirmation[2]/Name`. */
const elementOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\[\d+\]$/, '');
