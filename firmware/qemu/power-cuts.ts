/** The plug is pulled in the middle of receptions; what a patient was told and what is kept must agree. */
import { pause, systemClock } from '../../src/clock.ts';
import type { Machine } from './machine.ts';
import { type Reception, receiveByPin } from './reception-by-pin.ts';
import { MINUTE_MS, must, type Step } from './step.ts';
import { type VirtRun, waitForReader, waitForSystem } from './virt-run.ts';

/** The last cuts fall after the end, on the delivery to the clinic. */
const LAST_CUT = 1.15;

/** @param cuts how many fit into a run that somebody waits for; 20 are asked for */
export const powerCuts = (cuts: number): Step<VirtRun> => ({
  name: `${cuts} power cuts during receptions lose nothing that was acknowledged`,
  boundMs: cuts * 15 * MINUTE_MS,
  async work(run) {
    const wholeMs = await lengthOfAReception(run);
    const acknowledged = { count: (await countKept(run.machine())).accepted };
    const cutOn: string[] = [];
    for (let cut = 1; cut <= cuts; cut++) {
      const shown: Reception = await receiveUntilCut(run, (cut / cuts) * LAST_CUT * wholeMs);
      if (shown.accepted) acknowledged.count++;
      cutOn.push(shown.screens.at(-1) ?? 'nothing yet');
      const machine = await run.start();
      await waitForSystem(machine);
      await waitForReader(machine);
      const { integrity, accepted, files } = await countKept(machine);
      must(integrity === 'ok', `integrity_check after cut ${cut}: ${integrity}`);
      must(
        accepted >= acknowledged.count,
        `after cut ${cut}: ${accepted} receptions are kept, ${acknowledged.count} were acknowledged`,
      );
      must(files <= accepted, `after cut ${cut}: ${files} results in the clinic's folder, of ${accepted} receptions`);
      acknowledged.count = accepted;
    }
    const { accepted, files, waiting } = await countKept(run.machine());
    must(files + waiting === accepted, `${accepted} receptions, but ${files} results delivered and ${waiting} waiting`);
    return `${accepted} receptions kept of ${acknowledged.count}, ${files} results delivered, ${waiting} waiting, integrity_check ok each time; cut on ${tally(cutOn)}`;
  },
});

/** @returns milliseconds of this PC's time, from the card's coming to the last screen */
async function lengthOfAReception(run: VirtRun): Promise<number> {
  const startedAt = systemClock.now();
  const { accepted, screens } = await receiveByPin(run.machine(), run.outside);
  must(accepted, `the reception that is measured ended otherwise: ${screens.join(', ')}`);
  return systemClock.now() - startedAt;
}

/** @returns what the patient had seen when the power went */
async function receiveUntilCut(run: VirtRun, afterMs: number): Promise<Reception> {
  const screens: string[] = [];
  const over = receiveByPin(run.machine(), run.outside, screens).catch(() => {});
  await pause(systemClock, afterMs);
  const seen = [...screens];
  await run.cutPower();
  await over;
  return { screens: seen, accepted: seen.at(-1) === 'done' };
}

/** Delivered results are counted by the files that the clinic's software reads. */
const COUNT = `/opt/node/bin/node --disable-warning=ExperimentalWarning -e '
const { DatabaseSync } = require("node:sqlite");
const db = new DatabaseSync("/data/kazasu/records.sqlite", { readOnly: true });
const count = (table) => db.prepare("select count(*) n from " + table).get().n;
const integrity = Object.values(db.prepare("pragma integrity_check").get())[0];
const files = require("fs").readdirSync("/data/kazasu/clinic", { recursive: true }).filter((name) => name.endsWith(".xml")).length;
console.log(JSON.stringify({ integrity, accepted: count("receptions"), waiting: count("outbox"), files }));'`;

type Kept = {
  readonly integrity: string;
  readonly accepted: number;
  readonly waiting: number;
  readonly files: number;
};

async function countKept(machine: Machine): Promise<Kept> {
  const { status, output } = await machine.run(COUNT);
  must(status === 0, `what is kept cannot be counted: ${output}`);
  return JSON.parse(output);
}

/** @returns such as `reading ×3, asking ×5` */
function tally(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `${name} ×${names.filter((one) => one === name).length}`).join(', ');
}
