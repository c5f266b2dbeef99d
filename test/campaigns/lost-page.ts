/**
 * The kiosk page lost ten times in each way, in Debian's Chromium: how long until it is noticed, and until the screen
 * shows the reader's state again. `node test/campaigns/lost-page.ts [TIMES]`; ends with 1 when a bound is missed.
 */
import { openKioskScreen } from '../kiosk/kiosk-screen.ts';
import { troubles } from '../kiosk/page-trouble.ts';

const NOTICED_MS = 3_000;
const READY_AGAIN_MS = 5_000;
const times = Number(process.argv[2] ?? 10);
let missed = 0;

process.stdout.write(`milliseconds, median and worst of ${times}\n`);
process.stdout.write('  noticed          ready again      seen as\n');
for (const [name, { make }] of Object.entries(troubles)) {
  const noticed: number[] = [];
  const readyAgain: number[] = [];
  const seenAs = new Set<string>();
  for (let time = 0; time < times; time++) {
    const screen = await openKioskScreen();
    await screen.next();
    const madeAt = performance.now();
    await make(screen.browser.pid ?? 0);
    const lost = await screen.next();
    const ready = await screen.next();
    noticed.push(lost.atMs - madeAt);
    readyAgain.push(ready.atMs - lost.atMs);
    seenAs.add(lost.at === 'lost' ? lost.why : lost.at);
    if (ready.at !== 'ready') missed++;
    await screen.close();
  }
  missed += noticed.filter((ms) => ms > NOTICED_MS).length + readyAgain.filter((ms) => ms > READY_AGAIN_MS).length;
  process.stdout.write(`  ${columns(noticed)}    ${columns(readyAgain)}    ${[...seenAs].join(', ').padEnd(20)} ${name}\n`);
}
process.stdout.write(missed === 0 ? 'every bound held\n' : `${missed} bounds missed\n`);
process.exitCode = missed === 0 ? 0 : 1;

function columns(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  return [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)].map((ms) => (ms ?? 0).toFixed(0).padStart(6)).join(' ');
}
