/** A reader with what it keeps and whom it serves: records, results for the clinic, staff, numbers, its own screen. */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from './clock.ts';
import { type ComposedReader, composeReader } from './compose.ts';
import { openHandOvers } from './compose-clinic.ts';
import { openDesk, openStaff, type Staff } from './compose-desk.ts';
import { openMetrics } from './compose-metrics.ts';
import { openKioskScreen, type ScreenNews } from './compose-screen.ts';
import type { Config } from './config.ts';
import type { DeskServer } from './desk/server.ts';
import { ok, type Result } from './faults/result.ts';
import type { KioskBrowser } from './kiosk/browser/kiosk-browser.ts';
import type { PageWatch } from './kiosk/browser/page-watch.ts';
import type { KioskServer } from './kiosk/server.ts';
import type { MetricsServer } from './metrics/server.ts';
import type { ClinicPort, FacePort } from './reception/ports.ts';
import type { Timeline } from './reception/timeline.ts';
import type { Records } from './records/records.ts';
import type { World } from './world.ts';

type Closable = { close(): Promise<void> | void };

export type WholeReaderOptions = {
  readonly config: Config;
  readonly world: World;
  /** Where everything is kept that the configuration does not place elsewhere. */
  readonly folder: string;
  readonly face: FacePort;
  readonly timeline: Timeline;
  readonly clock: Clock;
  readonly onDefect: (error: unknown) => void;
};

export type WholeReader = Omit<ComposedReader, 'close'> & {
  readonly clinic: ClinicPort;
  readonly clinicFolder: string;
  readonly records: Records;
  readonly staff: Staff;
  /** Whether faces can be compared; false until that is known. */
  faceReady(): boolean;
  /** Serves the staff console. Rejects when its port is taken. Faults: SYS-902, REC-701.
   *  @param evidence the technician's sheet as it is now, where there is one */
  openDesk(evidence?: () => string): Promise<Result<DeskServer>>;
  /** Serves the reader's numbers on the staff port. Rejects when that is taken. */
  openMetrics(): Promise<MetricsServer>;
  /** Shows the kiosk page on this machine's screen, and keeps it there. Faults: SYS-902. */
  openScreen(server: KioskServer, watch: PageWatch, onNews: (news: ScreenNews) => void): Result<KioskBrowser>;
  /** Has `part` closed with all else, before what was opened earlier. @returns it */
  keep<Part extends Closable>(part: Part): Part;
  /** Ends all of it, the last opened first. */
  close(): Promise<void>;
};

/** Faults: REC-701, SYS-902 (a damaged file). */
export async function composeWholeReader(options: WholeReaderOptions): Promise<Result<WholeReader>> {
  const { config, world, folder, face, timeline, clock, onDefect } = options;
  const opened: Closable[] = [];
  const keep = <Part extends Closable>(part: Part): Part => {
    opened.unshift(part);
    return part;
  };
  const close = async () => {
    for (const part of opened.splice(0)) await part.close();
  };
  const clinicFolder = resolve(config.clinic.folder ?? join(folder, 'clinic'));
  const recordsPath = resolve(config.records.path ?? join(folder, 'records.sqlite'));
  const { simulated } = world;
  const handOvers = openHandOvers({ config, folder: clinicFolder, recordsPath, clock, simulated, onDefect });
  if (!handOvers.ok) return handOvers;
  const { clinic, records } = keep(handOvers.value);
  // One that the clinic names is the clinic's: where it is missing, results wait for it.
  if (config.clinic.folder === undefined) mkdirSync(clinicFolder, { recursive: true });
  const opening = openStaff({ folder, clock, random: randomBytes });
  if (!opening.ok) {
    await close();
    return opening;
  }
  const staff = keep(opening.value);
  const composed = keep(composeReader({ world, clock, timeline, face, clinic, records, staff: staff.port, onDefect }));
  const { reader, card, gateway, asking } = composed;
  let ready = false;
  face.ready(new AbortController().signal).then(({ ok }) => {
    ready = ok;
  }, onDefect);
  const faceReady = () => ready;
  return ok({
    ...{ ...composed, clinic, clinicFolder, records, staff, faceReady, keep, close },
    async openDesk(evidence) {
      const desk = await openDesk({
        ...{ staff, reader, card, clinic, records, recordsPath, gateway, asking, world, config, clock, onDefect, faceReady },
        ...{ random: randomBytes, evidence },
      });
      return desk.ok ? ok(keep(desk.value)) : desk;
    },
    openMetrics: async () => keep(await openMetrics({ reader, card, clinic, face, gateway, records, world, config, clock })),
    openScreen(server, watch, onNews) {
      const screen = openKioskScreen({ server, watch, reader, records, config, clock, onNews, onDefect });
      return screen.ok ? ok(keep(screen.value)) : screen;
    },
  });
}
