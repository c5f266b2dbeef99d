/** How much of a core a process gets here: the proof that a quota holds. */
import { answerQuestions } from './process.ts';

const WALL_MS = 3_000;

answerQuestions(() => {
  const [startedAt, before] = [performance.now(), process.cpuUsage()];
  while (performance.now() - startedAt < WALL_MS);
  const { user, system } = process.cpuUsage(before);
  return { share: (user + system) / 1000 / (performance.now() - startedAt) };
});
