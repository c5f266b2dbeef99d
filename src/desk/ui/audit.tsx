import { useState } from 'preact/hooks';
import { type Problem, post } from './link.ts';
import { texts } from './preferences.ts';
import { ProblemLine } from './problem-line.tsx';

type Step =
  | { readonly at: 'ready' | 'busy' }
  | { readonly at: 'done'; readonly name: string }
  | { readonly at: 'failed'; readonly problem: Problem };

export function Audit() {
  const [step, setStep] = useState<Step>({ at: 'ready' });
  const { audit: words } = texts.value;

  async function exportLog() {
    setStep({ at: 'busy' });
    const answer = await post<Response>('/audit-export', {});
    if (!answer.ok) return setStep({ at: 'failed', problem: answer.problem });
    const name = /filename="([^"]+)"/.exec(answer.value.headers.get('content-disposition') ?? '')?.[1] ?? 'audit';
    save(await answer.value.blob(), name);
    setStep({ at: 'done', name });
  }

  return (
    <section>
      <h2>{words.title}</h2>
      <p>{words.about}</p>
      <button type="button" class="main" disabled={step.at === 'busy'} onClick={exportLog}>
        {step.at === 'busy' ? words.busy : words.export}
      </button>
      {step.at === 'done' && <p role="status">{words.done(step.name)}</p>}
      <ProblemLine problem={step.at === 'failed' ? step.problem : undefined} />
    </section>
  );
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
