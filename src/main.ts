/** The command line: one line a command. */
type Command = {
  /** Loaded when it is called: a technician's command does not wait for face models. */
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>;
  readonly help: string;
};

const commands: Readonly<Record<string, Command>> = {
  start: {
    load: async () => (await import('./commands/start.ts')).start,
    help: 'start [--config FILE] [--kiosk]   the bench reader: kiosk and dock in a browser, or the kiosk on this screen',
  },
  unit: {
    load: async () => (await import('./commands/unit.ts')).unit,
    help: 'unit --site FILE --data DIR [--control SOCKET]   the reader of a unit: hardware, nothing simulated',
  },
  reception: {
    load: async () => (await import('./commands/reception.ts')).reception,
    help: 'reception [--persona ID] --method face|pin [--probe IMAGE] [--module gem|acs|pn532] [--json]   one reception without a browser',
  },
  card: {
    load: async () => (await import('./commands/card.ts')).card,
    help: 'card status|portrait --module gem|acs|pn532|auto --port PATH [--json]   what lies on a card module',
  },
  face: {
    load: async () => (await import('./commands/face.ts')).face,
    help: 'face compare REFERENCE PROBE [--json] | face score --pairs CSV --root DIR --out CSV   pictures of faces compared',
  },
  'simulate-card': {
    load: async () => (await import('./commands/simulate-card.ts')).simulateCard,
    help: 'simulate-card --module gem|acs|pn532 --link PATH --persona ID   a card module and its card, simulated (--help)',
  },
  gateway: {
    load: async () => (await import('./commands/gateway.ts')).gateway,
    help: 'gateway --config FILE | gateway pki --to DIR [--reader ID …]   the bench’s eligibility gateway alone (--help)',
  },
  'self-test': {
    load: async () => (await import('./commands/self-test.ts')).selfTest,
    help: 'self-test [--json]   what works here, and what to do about what does not',
  },
  audit: {
    load: async () => (await import('./commands/audit.ts')).audit,
    help: 'audit verify|export|open|replay FILE …   whether the audit log is whole, and what it tells (--help)',
  },
  records: {
    load: async () => (await import('./commands/records.ts')).records,
    help: 'records erase FILE --yes   a reader taken out of service (--help)',
  },
  'update-agent': {
    load: async () => (await import('./commands/update-agent.ts')).updateAgent,
    help: 'update-agent --site FILE --control SOCKET [--state DIR]   keeps a unit up to date (on the unit itself)',
  },
};

const [name = '', ...args] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) process.exitCode = await (await command.load())(args);
else {
  const asked = name === '' || name === 'help' || name === '--help';
  const lines = Object.values(commands).map(({ help }) => `  kazasu ${help}`);
  const list = `Commands:\n${lines.join('\n')}\n`;
  if (asked) process.stdout.write(list);
  else process.stderr.write(`There is no command "${name}". ${list}`);
  process.exitCode = asked ? 0 : 2;
}
