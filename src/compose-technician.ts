/** What a technician finds at a reader: its self-test's last report, the menu on its kiosk, the evidence sheet. */
import { join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import type { Clock } from './clock.ts';
import { readSecondUart } from './compose-uart.ts';
import type { WholeReader } from './compose-whole.ts';
import type { DeskServer } from './desk/server.ts';
import { ok, type Result } from './faults/result.ts';
import { lightOf } from './reception/light.ts';
import type { PanelPort } from './reception/ports.ts';
import type { TechnicianEvent } from './reception/technician-event.ts';
import { evidenceSheet } from './technician/evidence.ts';
import { openKeptResults } from './technician/kept-results.ts';
import { createTechnicianMenu, type TechnicianMenu } from './technician/menu.ts';
import { openTechnicianPassword } from './technician/password.ts';
import type { SelfTester } from './technician/self-tester.ts';
import type { ServicePanel } from './technician/service-keys.ts';
import { machineFacts } from './technician/unit-facts.ts';
import type { ShownDesk } from './technician/view.ts';

export type TechnicianPlace = {
  readonly readerId: string;
  readonly institutionCode: string;
  /** As the site file has it; absent: nobody is let in. */
  readonly passwordHash: string | undefined;
  /** Where lockout and results are kept. */
  readonly folder: string;
  readonly whole: Pick<WholeReader, 'reader' | 'card' | 'clinic' | 'records' | 'moduleName'>;
  /** Absent: there is no way into the menu. */
  readonly panel: (PanelPort & ServicePanel) | undefined;
  readonly selfTester: SelfTester;
  readonly rest: { begin(): boolean; end(): void };
  /** The staff console, once it is served. */
  readonly desk: () => Pick<DeskServer, 'urls' | 'setupCode' | 'fingerprint'> | undefined;
  /** The device node of the second UART, where one is wired. */
  readonly secondUart?: string | undefined;
  readonly simulated: boolean;
  readonly clock: Clock;
};

export type Technician = {
  /** For the kiosk; absent without a panel. */
  readonly menu: TechnicianMenu | undefined;
  /** The sheet as it is now: an HTML document. */
  evidence(): string;
  close(): void;
};

/** Fault: SYS-902 (a damaged file, or a password's hash that is none). */
export function openTechnician(place: TechnicianPlace): Result<Technician> {
  const { folder, whole, panel, selfTester, rest, clock, readerId, institutionCode, simulated } = place;
  const password = openTechnicianPassword({ hash: place.passwordHash, path: join(folder, 'technician-lockout.json'), clock });
  if (!password.ok) return password;
  const opened = openKeptResults(join(folder, 'technician-results.json'));
  if (!opened.ok) return opened;
  const { value: results } = opened;
  const { reader, card, clinic, records } = whole;
  const audit = (event: TechnicianEvent) => void records.note([{ event, atMs: clock.now(), wall: clock.wall() }]);
  const ownLight = () => lightOf(reader.state, clinic.waitsFor() !== undefined);
  const desk = () => deskShown(place.desk());
  const { secondUart: port } = place;
  const secondUart = port === undefined ? undefined : (signal: AbortSignal) => readSecondUart(port, clock, signal);
  const parts = { secondUart, card, ownLight, password: password.value, selfTester, results, rest, desk, clock, audit };
  const menu = panel && createTechnicianMenu({ ...parts, panel });
  return ok({
    menu,
    evidence() {
      const module = whole.moduleName();
      const panelBuild = panel?.standing.at === 'ready' ? { panel: `build ${panel.standing.build}` } : {};
      const unit = { readerId, institutionCode, program: programName(), module, ...panelBuild, ...machineFacts() };
      return evidenceSheet({ unit, selfTest: selfTester.last, byHand: results.all, madeAt: clock.wall(), simulated });
    },
    close: () => menu?.close(),
  });
}

function deskShown(desk: ReturnType<TechnicianPlace['desk']>): ShownDesk | undefined {
  // The first address has a name, without which there are no passkeys.
  return desk && { url: desk.urls[0] ?? '', setupCode: desk.setupCode(), fingerprint: desk.fingerprint() };
}

/** For whoever reads a sheet: this program and what runs it. */
export const programName = (): string => `${manifest.name} ${manifest.version}, Node.js ${process.versions.node}`;
