/** `firmware panel`: builds the front panel's program, writes it to a board, asks a board how it is. */
import { parseArgs } from 'node:util';
import { readPanelPinout } from '../../hardware/pinout.ts';
import { type Build, build } from './build.ts';
import { checkPanel } from './check.ts';
import { flashPanel } from './flash.ts';

const usage = `firmware panel build                            compiles program and bootloader, and tells their hashes
firmware panel flash --port PATH [--baud RATE]  writes the program to the board at PATH and checks that it runs
firmware panel check --port PATH                asks the board at PATH for its build id and how it has been
`;

/** Where programs are kept; one is compiled again only when something that it is made from has changed. */
const builtIn = 'build/panel';

/** @returns 0 when all went well, 1 when not, 2 when it was not asked for in the right way */
export async function panel(args: readonly string[]): Promise<number> {
  const options = { port: { type: 'string' }, baud: { type: 'string' } } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [what] = positionals;
    if (what === 'build') return tellBuilds();
    if (what === 'flash' && values.port) return await flash(values.port, values.baud);
    if (what === 'check' && values.port) return await check(values.port);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  process.stderr.write(usage);
  return 2;
}

function tellBuilds(): number {
  for (const program of ['panel', 'bootloader'] as const) process.stdout.write(describe(program, build(program, builtIn)));
  return 0;
}

const describe = (program: string, { buildId, hex, sha256, flashBytes, ramBytes }: Build) =>
  `${program} ${buildId}\n  ${hex}\n  SHA-256 ${sha256}\n  ${flashBytes} bytes of flash, ${ramBytes} of RAM\n`;

async function flash(port: string, baud: string | undefined): Promise<number> {
  const program = build('panel', builtIn);
  const baudRate = baud === undefined ? readPanelPinout().line.baudRate : Number(baud);
  process.stdout.write(`${describe('panel', program)}writing to ${port} …\n`);
  const flashed = await flashPanel({ port, hex: program.hex, baudRate });
  if (!flashed.ok) {
    process.stderr.write(`${flashed.message}\n`);
    return 1;
  }
  process.stdout.write('written and read back\n');
  return check(port, program.buildId);
}

async function check(port: string, expected?: string): Promise<number> {
  const checked = await checkPanel(port, readPanelPinout().line.baudRate);
  if (!checked.ok) {
    process.stderr.write(`${checked.message}\n`);
    return 1;
  }
  const { buildId, resets, seconds, ...counts } = checked.report;
  process.stdout.write(`kazasu-panel ${buildId}, running for ${seconds} s since ${resets.join(' and ')}\n`);
  process.stdout.write(
    `silences ${counts.silences}, malformed ${counts.malformed}, lost ${counts.lostBytes}, unsent ${counts.unsent}\n`,
  );
  if (expected === undefined || expected === buildId) return 0;
  process.stderr.write(`The board at ${port} still runs ${buildId}, not ${expected}: flash it once more.\n`);
  return 1;
}
