/**
 * How near reading the card face comes to what the serial line itself allows, as JSON, one line a module and rate.
 *
 *   npm run -s bench:card -- [--runs N] [--module ID]... [--baud N]...
 *
 * The simulator is a process of its own at the other end of a pseudo-terminal and sends by deadlines. Wire time is the
 * formula, from every byte that passed both ways; total time goes from the first byte of the first command to the
 * checked portrait, and holds what the simulated card computes (told apart as cardMs) and what the reader does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type CardReader, composeCardReader, readRootKey } from '../../src/compose-card.ts';
import { moduleKinds } from '../../src/config.ts';
import { percentile } from './statistics.ts';
import { refuse, wholeNumber, wordsOf } from './words.ts';

/** An ACR1281S has no 460800: the next rate that it has is harder. */
const usualRates: Readonly<Record<(typeof moduleKinds)[number], readonly number[]>> = {
  gem: [115_200, 460_800],
  acs: [115_200, 500_000],
  pn532: [115_200, 460_800],
};
/** Not counted: a reader runs for weeks, so its code is compiled and its caches are warm. */
const WARM_UP_RUNS = 3;
const goalAt = (baudRate: number) => (baudRate > 115_200 ? 0.9 : 0.97);
const values = wordsOf(
  {
    runs: { type: 'string', default: '9' },
    module: { type: 'string', multiple: true, default: [...moduleKinds] },
    baud: { type: 'string', multiple: true, default: [] },
  },
  'usage: npm run -s bench:card -- [--runs N] [--module gem|acs|pn532]... [--baud N]...',
);
const runs = wholeNumber('runs', values.runs, 1, 200);
const wished = values.module.map(
  (word) => moduleKinds.find((kind) => kind === word) ?? refuse(`--module must be one of ${moduleKinds.join(', ')}`),
);
for (const baud of values.baud) wholeNumber('baud', baud, 9_600, 1_000_000);

const unhurried = new AbortController().signal;
const table: (string | number | undefined)[][] = [];
for (const module of wished) {
  for (const baudRate of values.baud.length > 0 ? values.baud.map(Number) : usualRates[module]) {
    const line = await measure(module, baudRate);
    process.stdout.write(`${JSON.stringify(line)}\n`);
    table.push([module, line.baudRate, line.wireMs, line.totalMs.median, line.ratio.median, line.goal]);
  }
}
const columns = ['module', 'baudRate', 'wireMs', 'totalMs', 'ratio', 'goal'];
const rows = [columns, ...table].map((cells) => cells.map((cell) => String(cell).padStart(9)).join(' '));
process.stderr.write(`\n${rows.join('\n')}\n`);

async function measure(module: (typeof moduleKinds)[number], baudRate: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-bench-card-'));
  const [link, control] = [join(folder, 'module'), join(folder, 'control')];
  const exported = join(folder, 'card');
  const words = ['--module', module, '--baud', String(baudRate), '--link', link, '--control', control, '--export', exported];
  const simulator = spawn(process.execPath, ['src/main.ts', 'simulate-card', '--persona', 'adult', ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    for await (const line of createInterface({ input: simulator.stdout })) if (line.startsWith('Ctrl-C')) break;
    const { verificationCodeB } = JSON.parse(readFileSync(join(exported, 'persona.json'), 'utf8')) as {
      verificationCodeB: string;
    };
    const root = readRootKey(join(exported, 'cv-root.pem'));
    const reader = await composeCardReader({ module, port: link, baudRate }, unhurried);
    if (!reader.ok || !root.ok) throw new Error(`${module} at ${baudRate}: ${JSON.stringify({ reader, root })}`);
    const readOnce = () => read(reader.value, verificationCodeB, root.value);
    for (let run = 0; run < WARM_UP_RUNS; run++) await readOnce();
    const cardMsBefore = await cardMs(control);
    const readings = [];
    for (let run = 0; run < runs; run++) readings.push(await readOnce());
    const spentByCard = ((await cardMs(control)) - cardMsBefore) / runs;
    const settings = reader.value.line;
    await reader.value.close();
    const ratio = summary(readings.map(({ wireMs, totalMs }) => wireMs / totalMs));
    const goal = goalAt(baudRate);
    const [first] = readings;
    return {
      module,
      baudRate: settings?.baudRate,
      bitsPerCharacter: settings && 1 + settings.dataBits + settings.stopBits,
      runs,
      portraitBytes: first?.portraitBytes,
      commands: first?.commands,
      bytes: { sent: first?.sentBytes, received: first?.receivedBytes },
      wireMs: round(first?.wireMs ?? Number.NaN),
      totalMs: summary(readings.map(({ totalMs }) => totalMs)),
      cardMs: round(spentByCard),
      ratio,
      goal,
      met: ratio.median >= goal,
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, load: round(loadavg()[0] ?? 0), node: process.version },
      simulated: ['card', 'module', 'line'],
    };
  } finally {
    simulator.kill();
    if (simulator.exitCode === null) await once(simulator, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function read(reader: CardReader, codeB: string, root: Parameters<CardReader['readPortrait']>[0]['root']) {
  const reading = await reader.readPortrait({ verificationCodeB: Uint8Array.from(Buffer.from(codeB)), root }, unhurried);
  if (!reading.ok) throw new Error(JSON.stringify(reading.fault));
  const { portraitJp2, ...cost } = reading.value;
  return { ...cost, portraitBytes: portraitJp2.length };
}

/** What the simulated card has spent computing so far. */
async function cardMs(control: string): Promise<number> {
  const socket = connect(control);
  socket.write('status\n');
  for await (const line of createInterface({ input: socket })) {
    socket.destroy();
    return (JSON.parse(line.replace(/^ok /, '')) as { cardMs: number }).cardMs;
  }
  throw new Error('the simulator has gone');
}

function summary(numbers: readonly number[]) {
  return { median: round(percentile(numbers, 0.5)), least: round(Math.min(...numbers)), most: round(Math.max(...numbers)) };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
