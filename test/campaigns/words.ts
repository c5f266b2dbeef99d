import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;

/** The words of a campaign's call. `--help`, or words that it does not know, end the process with one plain text. */
export function wordsOf<const O extends Options>(options: O, usage: string) {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(`${(error as Error).message}\n${usage}`);
  }
}

/** A whole number of the call, within its limits. */
export function wholeNumber(name: string, word: string, least: number, most: number): number {
  const number = Number(word);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  return refuse(`--${name} must be a whole number from ${least} to ${most}`);
}

export function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
