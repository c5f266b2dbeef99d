/** One process of the mutation campaign: a batch in, its tally out, until nobody asks any more. */
import { runBatch } from '../mutation/parser-trial.ts';
import { trials } from '../mutation/trials.ts';

export type MutationJob = { readonly parser: string; readonly seed: number };

process.on('message', ({ parser, seed }: MutationJob) => {
  const trial = trials.find((each) => each.parser === parser);
  if (!trial) throw new Error(`no parser ${parser}`);
  process.send?.(runBatch(trial, seed));
});
// Whoever started it decides when it ends.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
