/** `kazasu unit`: the reader as a unit's service manager runs it, until it is ended. */
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { deadline, pause, systemClock } from '../clock.ts';
import { serveControl, testAtStart } from '../compose-control.ts';
import { showNotice } from '../compose-notice.ts';
import { composeUnit, openIdentity } from '../compose-unit.ts';
import type { Fault } from '../faults/result.ts';
import { giveSignsOfLife, type SignsOfLife } from '../unit/alive.ts';
import { createNotifier, type Notifier } from '../unit/notify.ts';
import { readSite, type UnitPlace } from '../unit/site.ts';
import { askedToStop } from './asked-to-stop.ts';

const USAGE = `usage: kazasu unit --site FILE --data DIR [--control SOCKET]
  --site FILE        who this reader is and what stands around it; a token for its enrolment lies beside it
  --data DIR         where records, keys and what the desk sets are kept
  --control SOCKET   where other programs of the unit ask the reader; /run/kazasu/control.sock without it
`;
const clock = systemClock;
const ENROL_AGAIN_MS = 15_000;
/** What keeps the reader from starting may pass (a full disk); the service manager starts it again then. */
const TRY_AGAIN_MS = 60_000;

/** @returns 0 when it was ended in order, 1 when the reader could not be started, 2 for a wrong call or site file */
export async function unit(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') {
    process.stderr.write(`${words}\n${USAGE}`);
    return 2;
  }
  const ending = new AbortController();
  void askedToStop().then(() => ending.abort());
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const notifier = createNotifier({ environment: process.env, onDefect: (error) => say(String(error)) });
  const life = giveSignsOfLife(notifier, clock);
  try {
    const site = readSite(words.site);
    if (!site.ok) {
      await explain(site.fault, undefined, notifier, ending.signal);
      return 2;
    }
    const place: UnitPlace = { site: site.value, sitePath: words.site, dataFolder: words.data, say };
    return await run(place, words.control, notifier, life, ending.signal);
  } finally {
    life.stop();
  }
}

async function run(
  place: UnitPlace,
  control: string,
  notifier: Notifier,
  life: SignsOfLife,
  ending: AbortSignal,
): Promise<number> {
  makeFolder(place.dataFolder);
  const identity = await enrolled(place, notifier, ending);
  if (!identity) return 0;
  const composed = await composeUnit(place, identity);
  if (!composed.ok) {
    const soon = deadline(clock, TRY_AGAIN_MS, ending);
    await explain(composed.fault, place.site.kiosk.browser, notifier, soon.signal);
    soon.done();
    return 1;
  }
  life.follow(composed.value.whole.reader);
  const served = await serveControl(composed.value, control, (error) => place.say(String(error)));
  if (!served.ok) place.say(`Nobody can ask this reader (${served.fault.code}): ${served.fault.detail}`);
  notifier.ready('takes patients');
  place.say(`Reader ${place.site.readerId} takes patients.`);
  void testAtStart(composed.value, place.say, ending);
  if (!ending.aborted) await new Promise((resolve) => ending.addEventListener('abort', resolve, { once: true }));
  notifier.stopping();
  await composed.value.close();
  return 0;
}

/** One that cannot be made is told of by whoever would write there. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // Told of as REC-701.
  }
}

/** This reader's key and certificate; asks for the latter until it is given. @returns undefined when it is ended before */
async function enrolled(place: UnitPlace, notifier: Notifier, ending: AbortSignal) {
  const first = await openIdentity(place, ending);
  if (first.ok) return first.value;
  let told = tellFault(first.fault, notifier);
  const notice = await showNotice(first.fault.code, place.site.kiosk.browser);
  try {
    while (!ending.aborted) {
      await pause(clock, ENROL_AGAIN_MS, ending);
      const identity = ending.aborted ? undefined : await openIdentity(place, ending);
      if (identity?.ok) return identity.value;
      if (identity && identity.fault.detail !== told) told = tellFault(identity.fault, notifier);
    }
    return undefined;
  } finally {
    await notice.close();
  }
}

/** Says once what is wrong, to the journal, the service manager and on the screen, until `until` aborts. */
async function explain(fault: Fault, browser: string | undefined, notifier: Notifier, until: AbortSignal): Promise<void> {
  tellFault(fault, notifier);
  const notice = await showNotice(fault.code, browser);
  if (!until.aborted) await new Promise((resolve) => until.addEventListener('abort', resolve, { once: true }));
  await notice.close();
}

/** For the service manager the start is over: it must not begin again, and darken the screen that says why. */
function tellFault({ code, detail = '' }: Fault, notifier: Notifier): string {
  process.stderr.write(`The reader takes no patients (${code}). ${detail}\n`);
  notifier.ready(`no patients: ${code} ${detail}`);
  return detail;
}

/** @returns the words of the call, or what is wrong with them */
function parse(args: readonly string[]) {
  const options = {
    site: { type: 'string' },
    data: { type: 'string' },
    control: { type: 'string', default: '/run/kazasu/control.sock' },
  } as const;
  try {
    const { site, data, control } = parseArgs({ args: [...args], options }).values;
    if (site === undefined) return '--site FILE is missing';
    if (data === undefined) return '--data DIR is missing';
    return { site: resolve(site), data: resolve(data), control: resolve(control) };
  } catch (error) {
    return (error as Error).message;
  }
}
