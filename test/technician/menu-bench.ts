/** A menu with everything that it stands on: a held panel, a rest, a password, a folder of its own. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../src/clock.ts';
import { ok, type Result } from '../../src/faults/result.ts';
import type { Panel } from '../../src/panel/panel.ts';
import type { CardEvent, CardPort, CardSurvey } from '../../src/reception/ports.ts';
import type { TechnicianEvent } from '../../src/reception/technician-event.ts';
import { openKeptResults } from '../../src/technician/kept-results.ts';
import { createTechnicianMenu } from '../../src/technician/menu.ts';
import { hashTechnicianPassword, openTechnicianPassword } from '../../src/technician/password.ts';
import type { Check } from '../../src/technician/self-test.ts';
import { createSelfTester } from '../../src/technician/self-tester.ts';
import type { ShownDesk } from '../../src/technician/view.ts';
import { HeldPanel } from './service-panel.ts';

export const PASSWORD = '73501924';
const hash = must(await hashTechnicianPassword(Buffer.from(PASSWORD), (length) => randomBytes(length)));

const goodChecks: readonly Check[] = [
  { part: 'card-module', run: async () => ({ at: 'ok', found: 'GemCore 2.0' }) },
  { part: 'network', run: async () => ({ at: 'failed', code: 'UNIT-954', detail: 'no cable is plugged in (end0)' }) },
  { part: 'update-keys', run: async () => ({ at: 'not-here', why: 'no unit runs here that would have it' }) },
];

const survey: Result<CardSurvey> = ok({ pin: { at: 'ready', triesLeft: 3 }, portrait: true, carrier: 'card' });

/** A card that a test places and takes away. */
class HeldCard {
  answers: Result<CardSurvey> = survey;
  surveys = 0;
  released = 0;
  #listeners = new Set<(event: CardEvent) => void>();

  watch = (listener: (event: CardEvent) => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  survey: CardPort['survey'] = async () => {
    this.surveys++;
    return this.answers;
  };
  release = async () => void this.released++;
  tell(event: CardEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}

export type MenuBenchOptions = {
  readonly clock: Clock;
  readonly checks?: readonly Check[];
  /** No password stands in the site file. */
  readonly withoutPassword?: true;
  readonly folder?: string;
  /** Another than the one that the test holds. */
  readonly panel?: Panel;
  readonly secondUart?: (signal: AbortSignal) => Promise<Result<string>>;
  /** Any number is the right one, and no time is spent on it. */
  readonly anyPassword?: true;
};

export function openMenuBench(options: MenuBenchOptions) {
  const { clock, checks = goodChecks, withoutPassword, anyPassword, folder = newFolder() } = options;
  const [held, card] = [new HeldPanel(), new HeldCard()];
  const panel = options.panel ?? held;
  const audited: TechnicianEvent[] = [];
  const rest = { resting: false, busy: false };
  const desk: { -readonly [Fact in keyof ShownDesk]: ShownDesk[Fact] } = {
    url: 'https://kz000001.local:7413',
    setupCode: 'ABCDE-FGHJK',
    fingerprint: Array.from({ length: 32 }, () => 'D8').join(':'),
  };
  const selfTester = createSelfTester({ checks, clock, onReport: () => {} });
  const kept = { hash: withoutPassword ? undefined : hash, path: join(folder, 'lockout.json'), clock };
  const menu = createTechnicianMenu({
    ...{ panel, card, selfTester, clock },
    password: anyPassword ? { isSet: true, verify: async () => ok({ at: 'right' }) } : must(openTechnicianPassword(kept)),
    results: must(openKeptResults(join(folder, 'results.json'))),
    rest: {
      begin: () => {
        rest.resting = !rest.busy;
        return rest.resting;
      },
      end: () => {
        rest.resting = false;
      },
    },
    ownLight: () => 'attention',
    secondUart: options.secondUart,
    desk: () => desk,
    audit: (event) => audited.push(event),
  });
  return {
    menu,
    panel: held,
    card,
    audited,
    rest,
    desk,
    selfTester,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type MenuBench = ReturnType<typeof openMenuBench>;

const newFolder = () => mkdtempSync(join(tmpdir(), 'kazasu-menu-'));

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail}`);
  return result.value;
}
