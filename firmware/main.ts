/** The technician's command line: one line a command. Everything here runs on a Debian PC, not on the unit. */
type Command = {
  /** Loaded when it is called. @returns its exit status */
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>;
  readonly help: string;
};

const commands: Readonly<Record<string, Command>> = {};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) process.exitCode = await (await command.load())(args);
else {
  const asked = name === '' || name === 'help' || name === '--help';
  const lines = Object.values(commands).map(({ help }) => `  firmware ${help}`);
  const list = `Commands:\n${lines.join('\n')}\n`;
  if (asked) process.stdout.write(list);
  else process.stderr.write(`There is no command "${name}". ${list}`);
  process.exitCode = asked ? 0 : 2;
}
