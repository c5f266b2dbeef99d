/**
 * From a key's contact to its event in the reader, and from the reader's order to the panel's pin, stage by stage:
 *
 *   npm run -s bench:panel -- [--presses N] [--busy N]
 *
 * The panel is simulated in real time (simavr, a process of its own behind a pseudo-terminal); supervisor, process,
 * johnny-five and serialport are the reader's own. Between two presses the same is done without any of that (`cat` over
 * a pseudo-terminal): what the machine itself takes at that moment. `--busy N` gives it N processes that compute.
 */
import { spawn } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { pause, systemClock } from '../../src/clock.ts';
import { hundredth } from './bench-face/spread.ts';
import { openBareWay } from './bench-panel/bare-way.ts';
import { type KeyTimes, type OrderTimes, openPanelRig } from './bench-panel/panel-rig.ts';
import { percentile } from './statistics.ts';
import { wholeNumber, wordsOf } from './words.ts';

const GOAL_MS = { keyToEvent: 20, orderToPin: 5 };
const WARM_UP = 10;
/** Longer than a beep, and never in step with the panel's milliseconds. */
const LEAST_PAUSE_MS = 25;
const PAUSE_SPREAD_MS = 10;

const USAGE = 'usage: npm run -s bench:panel -- [--presses N] [--busy N]';
const values = wordsOf({ presses: { type: 'string', default: '200' }, busy: { type: 'string', default: '0' } }, USAGE);
const presses = wholeNumber('presses', values.presses, 20, 5_000);
const busy = wholeNumber('busy', values.busy, 0, 64);

const computing = Array.from({ length: busy }, () => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
const stopComputing = () => {
  for (const child of computing) child.kill('SIGKILL');
};
process.once('exit', stopComputing);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const [rig, bare] = [await openPanelRig(), await openBareWay()];
const keys: (KeyTimes & { readonly bare: number })[] = [];
const orders: (OrderTimes & { readonly bare: number })[] = [];
for (let index = -WARM_UP; index < presses; index++) {
  await pause(systemClock, LEAST_PAUSE_MS + Math.random() * PAUSE_SPREAD_MS);
  const key = { ...(await rig.press('123456789*0#'.charAt((index + WARM_UP) % 12))), bare: await bare.fromLine() };
  const order = { ...(await rig.beep()), bare: await bare.toLine() };
  if (index < 0) continue;
  keys.push(key);
  orders.push(order);
  if ((index + 1) % 20 === 0) process.stderr.write(`\r${index + 1} of ${presses} `);
}
const load = hundredth(loadavg()[0] ?? 0);
stopComputing();
await bare.close();
await rig.close();

const spread = (us: readonly number[]) => {
  const ms = (share: number) => hundredth(percentile(us, share) / 1_000);
  return { p50: ms(0.5), p95: ms(0.95), most: ms(1) };
};
const keyToEvent = {
  whole: spread(keys.map(({ onBoard, inProcess, toReader }) => onBoard + inProcess + toReader)),
  panelByItsOwnClock: spread(keys.map(({ byCycles }) => byCycles)),
  panel: spread(keys.map(({ onBoard }) => onBoard)),
  lineToJohnnyFive: spread(keys.map(({ inProcess }) => inProcess)),
  johnnyFiveToReader: spread(keys.map(({ toReader }) => toReader)),
  bareLineToReader: spread(keys.map(({ bare }) => bare)),
};
const orderToPin = {
  whole: spread(orders.map(({ toBoard, onBoard }) => toBoard + onBoard)),
  readerToLine: spread(orders.map(({ toBoard }) => toBoard)),
  panel: spread(orders.map(({ onBoard }) => onBoard)),
  panelByItsOwnClock: spread(orders.map(({ byCycles }) => byCycles)),
  bareReaderToLine: spread(orders.map(({ bare }) => bare)),
};
const met = keyToEvent.whole.p95 <= GOAL_MS.keyToEvent && orderToPin.whole.p95 <= GOAL_MS.orderToPin;
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, load, node: process.version, arch: process.arch };
const line = { presses, busy, ms: { keyToEvent, orderToPin }, goalP95Ms: GOAL_MS, met, machine, simulated: ['panel', 'line'] };
process.stdout.write(`${JSON.stringify(line)}\n`);

const rows = Object.entries(line.ms).flatMap(([way, stages]) => [
  ['', ''],
  [way, 'p50 / p95 / most, ms'],
  ...Object.entries(stages).map(([stage, { p50, p95, most }]) => [`  ${stage}`, `${p50} / ${p95} / ${most}`]),
]);
process.stderr.write(`\n${rows.map(([name = '', times]) => `${name.padEnd(24)} ${times}`).join('\n')}\n`);
const words = [
  `${met ? 'Within' : 'Not within'} ${GOAL_MS.keyToEvent} ms from key to event and ${GOAL_MS.orderToPin} ms from order to pin (p95).`,
  `The panel itself takes ${keyToEvent.panelByItsOwnClock.p95} and ${orderToPin.panelByItsOwnClock.p95} ms, on whatever machine. The rest is this one,`,
  `at a load of ${load} on ${cpus().length} cores: it took ${keyToEvent.bareLineToReader.p95} and ${orderToPin.bareReaderToLine.p95} ms for a byte that is only passed on.`,
];
process.stderr.write(`\n${words.join('\n')}\n`);
