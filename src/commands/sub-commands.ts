/** An exit status, or what is wrong with the words of the call. */
export type Outcome = number | { readonly wrong: string };

type SubCommand = (args: readonly string[]) => Outcome | Promise<Outcome>;

export type SubCommands = {
  /** What they belong to: `card`. */
  readonly of: string;
  readonly usage: string;
  readonly commands: Readonly<Record<string, SubCommand>>;
};

/** Runs the one that is named first, or tells how they are called. @returns its exit status; 2 for a wrong call */
export async function runSubCommand({ of, usage, commands }: SubCommands, [name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help' || args.includes('--help')) {
    (name === undefined ? process.stderr : process.stdout).write(usage);
    return name === undefined ? 2 : 0;
  }
  const run = Object.hasOwn(commands, name) ? commands[name] : undefined;
  const outcome = run ? await tried(run, args) : { wrong: `there is no "${of} ${name}"` };
  if (typeof outcome === 'number') return outcome;
  process.stderr.write(`${outcome.wrong}\n${usage}`);
  return 2;
}

/** What `parseArgs` says of words that it does not know is told; anything else is a defect of ours. */
async function tried(run: SubCommand, args: readonly string[]): Promise<Outcome> {
  try {
    return await run(args);
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw error;
    return { wrong: (error as Error).message };
  }
}
