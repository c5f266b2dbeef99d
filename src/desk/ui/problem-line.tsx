import type { Problem } from './link.ts';
import { texts } from './preferences.ts';

/** Why something was refused, and what helps. */
export function ProblemLine({ problem }: { readonly problem: Problem | undefined }) {
  if (!problem) return null;
  const { refusals, unreachable, signIn } = texts.value;
  if (problem.reason === 'unreachable') return <Line text={unreachable} />;
  const more = [
    problem.triesLeft === undefined ? '' : signIn.triesLeft(problem.triesLeft),
    problem.forMs === undefined ? '' : signIn.lockedFor(Math.ceil(problem.forMs / 60_000)),
  ];
  return <Line text={[refusals[problem.reason], ...more].join(' ').trim()} />;
}

const Line = ({ text }: { readonly text: string }) => (
  <p class="problem" role="alert">
    {text}
  </p>
);
