/** The command line: one line a command. */
import { reception } from './commands/reception.ts';
import { start } from './commands/start.ts';

const commands: Record<string, { readonly run: (args: readonly string[]) => Promise<number>; readonly help: string }> = {
  start: { run: start, help: 'start [--config FILE]   the bench reader: kiosk and dock in a browser' },
  reception: {
    run: reception,
    help: 'reception [--persona ID] --method face|pin [--probe IMAGE] [--json]   one reception without a browser',
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) process.exitCode = await command.run(args);
else {
  const asked = name === '' || name === 'help' || name === '--help';
  const lines = Object.values(commands).map(({ help }) => `  kazasu ${help}`);
  process.stderr.write(`${asked ? '' : `There is no command "${name}". `}Commands:\n${lines.join('\n')}\n`);
  process.exitCode = asked ? 0 : 2;
}
