/** The technician's command line: one line a command. Everything here runs on a Debian PC, not on the unit. */
type Command = {
  /** Loaded when it is called. @returns its exit status */
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>;
  readonly help: string;
};

const commands: Readonly<Record<string, Command>> = {
  panel: {
    load: async () => (await import('./panel/panel-command.ts')).panel,
    help: 'panel        builds, writes and checks the front panel’s program',
  },
  image: {
    load: async () => (await import('./image/image-command.ts')).image,
    help: 'image        builds the system image of a unit',
  },
  test: {
    load: async () => (await import('./qemu/test-command.ts')).test,
    help: 'test         boots the image in QEMU and has it show what a reader must',
  },
  'face-arm64': {
    load: async () => (await import('./qemu/face-on-arm64.ts')).faceOnArm64,
    help: 'face-arm64   compares faces with the image’s arm64 program, emulated, and with this PC’s',
  },
  'update-keys': {
    load: async () => (await import('./update/update-keys.ts')).updateKeys,
    help: 'update-keys  makes the keys that updates are signed with (--help)',
  },
  bundle: {
    load: async () => (await import('./update/bundle.ts')).bundle,
    help: 'bundle       makes a signed update of a root file system (--help)',
  },
  'technician-password': {
    load: async () => (await import('./technician/technician-password.ts')).technicianPassword,
    help: 'technician-password   the hash of a technician’s password, for a site file (--help)',
  },
  sign: { load: async () => (await import('./update/sign.ts')).sign, help: 'sign         signs an image for flashing (--help)' },
  flash: {
    load: async () => (await import('./technician/flash.ts')).flash,
    help: 'flash        writes a signed image and a site file to a card (--help)',
  },
};

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
