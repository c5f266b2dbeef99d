/** What a unit shows and serves: the kiosk on its screen, the technician's menu on it, the staff's desk, the numbers. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { pause, systemClock } from './clock.ts';
import type { Hardware } from './compose-hardware.ts';
import { openTechnician, type Technician } from './compose-technician.ts';
import type { WholeReader } from './compose-whole.ts';
import type { DeskServer } from './desk/server.ts';
import { ok, type Result } from './faults/result.ts';
import { createPageWatch } from './kiosk/browser/page-watch.ts';
import { createReaderSource } from './kiosk/reader-source.ts';
import { createKioskServer } from './kiosk/server.ts';
import type { SelfTester } from './technician/self-tester.ts';
import type { Rest } from './unit/rest.ts';
import type { UnitPlace } from './unit/site.ts';

export type ServedUnit = {
  readonly place: UnitPlace;
  readonly whole: WholeReader;
  readonly hardware: Hardware;
  readonly rest: Rest;
  readonly selfTester: SelfTester;
  readonly closing: AbortSignal;
};

export type Pages = {
  /** Resolves when the screen is there, or should be, and desk and numbers are served. */
  readonly settled: Promise<unknown>;
  close(): Promise<void>;
};

/** A browser on a small board takes so long; the first self-test looks at the face camera too, which the page opens. */
const SCREEN_MS = 12_000;

const clock = systemClock;

/** Closed with the reader. Fault: SYS-902 (a damaged file of the technician's). */
export async function servePages(unit: ServedUnit): Promise<Result<Pages>> {
  const { place, whole, hardware, rest, selfTester } = unit;
  const { site } = place;
  const { panel } = hardware;
  let desk: DeskServer | undefined;
  const technician = openTechnician({
    ...{ whole, panel, selfTester, clock, folder: place.dataFolder, simulated: false, desk: () => desk },
    ...{ readerId: site.readerId, institutionCode: site.medicalInstitutionCode, passwordHash: site.technician?.password },
    secondUart: site.technician?.uart,
    rest: { begin: () => rest.begin('technician'), end: () => rest.end('technician') },
  });
  if (!technician.ok) return technician;
  whole.keep({ close: async () => technician.value.close() });
  const shown = await showScreen(unit, technician.value);
  // No patient waits for these.
  const opening = serveDesk(place, whole, technician.value).then((served) => {
    desk = served;
  });
  const served = Promise.all([opening, serveNumbers(place, whole)]);
  return ok({ settled: Promise.all([shown.there, served]), close: async () => void (await served) });
}

/** Serves the kiosk page and opens it on the unit's screen. @returns when it is there, or should be */
async function showScreen(
  { place: { site, say }, whole, hardware: { camera, panel }, closing }: ServedUnit,
  { menu }: Technician,
): Promise<{ readonly there: Promise<void> }> {
  const { reader, clinic, staff, faceReady, slots, keep } = whole;
  const watch = createPageWatch(clock);
  const parts = { reader, clinic, staff: staff.port, camera, faceReady, slots, ...(menu && { technician: menu }) };
  const kiosk = keep(
    await createKioskServer({
      ...{ random: randomBytes, pageDir: resolve('build/kiosk'), port: site.ports.kiosk, watch },
      source: createReaderSource({ ...parts, simulated: [] }),
      bootToken: { value: randomBytes(24).toString('base64url'), uses: 'once' },
    }),
  );
  panel?.onKey((key, down) => kiosk.padKey(key, down));
  const shown = Promise.withResolvers<void>();
  const screen = whole.openScreen(kiosk, watch, (news) => {
    say(news.at === 'ready' ? 'The screen is there.' : `The screen is lost: ${news.why}.`);
    if (news.at === 'ready') shown.resolve();
  });
  if (!screen.ok) say(`There is no screen (${screen.fault.code}): ${screen.fault.detail}`);
  return { there: Promise.race([shown.promise, pause(clock, SCREEN_MS, closing)]) };
}

/** A desk that cannot be served is told of; patients are served all the same. */
async function serveDesk(
  { say }: UnitPlace,
  whole: WholeReader,
  { evidence, menu }: Technician,
): Promise<DeskServer | undefined> {
  try {
    const desk = await whole.openDesk(evidence);
    if (!desk.ok) {
      say(`There is no desk (${desk.fault.code}): ${desk.fault.detail}`);
      return undefined;
    }
    const { urls, setupCode, fingerprint } = desk.value;
    say(`The desk is at ${urls[0]}, certificate ${fingerprint()}.${firstWords(setupCode(), menu !== undefined)}`);
    return desk.value;
  } catch (error) {
    say(`There is no desk: ${(error as Error).message}`);
    return undefined;
  }
}

/** The code stands in the technician's menu; where there is none for want of a panel, the journal is the one place left. */
function firstWords(code: string | undefined, hasMenu: boolean): string {
  if (code === undefined) return '';
  const where = hasMenu ? 'their code stands in the technician’s menu' : `their code is ${code}`;
  return ` It has no administrator yet: ${where}.`;
}

async function serveNumbers({ say }: UnitPlace, whole: WholeReader): Promise<void> {
  await whole.openMetrics().catch((error: Error) => say(`The numbers cannot be served: ${error.message}`));
}
