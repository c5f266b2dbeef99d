/**
 * The technician's menu: asked for at the hardware, opened by the technician's password, never during a reception, and
 * closed by itself.
 *
 *   service keys ─▶ reader rests ─▶ password ─▶ list ─▶ a part │ a test by hand │ sheet │ desk ─▶ reader takes patients
 */
import type { Clock } from '../clock.ts';
import type { TechnicianEvent } from '../reception/technician-event.ts';
import type { HandTestParts } from './hand-test.ts';
import { type MenuFacts, type Place, viewOf } from './menu-view.ts';
import type { TestByHand } from './parts.ts';
import type { TechnicianPassword } from './password.ts';
import { openPasswordEntry } from './password-entry.ts';
import { type ServicePanel, watchServiceKeys } from './service-keys.ts';
import { startHandTest } from './start-hand-test.ts';
import type { TechnicianIntent, TechnicianView } from './view.ts';

/** So long nobody touches anything before the menu closes itself; at the password it is sooner: the counter waits. */
const IDLE_MS = 5 * 60_000;
const PASSWORD_IDLE_MS = 60_000;

export type TechnicianMenuOptions = HandTestParts &
  MenuFacts & {
    readonly panel: HandTestParts['panel'] & ServicePanel;
    readonly password: TechnicianPassword;
    /** Keeps patients out: `begin` says whether it could, which it cannot while somebody stands at the reader. */
    readonly rest: { begin(): boolean; end(): void };
    readonly clock: Clock;
    readonly audit: (event: TechnicianEvent) => void;
  };

export type TechnicianMenu = {
  /** Undefined while nobody is in it, nor asks to be. */
  view(): TechnicianView | undefined;
  say(intent: TechnicianIntent): void;
  /** A key of the password: an ASCII digit, or 08 to erase one. */
  key(key: number): void;
  /** Calls `listener` after every change. Returns the way to stop. */
  watch(listener: () => void): () => void;
  close(): void;
};

const [ERASE, STAR, HASH] = [0x08, 0x2a, 0x23];
const refusals = { wrong: 'wrong', locked: 'locked', none: 'no-password', failed: 'not-counted' } as const;

export function createTechnicianMenu(options: TechnicianMenuOptions): TechnicianMenu {
  const { panel, password, selfTester, results, rest, clock, audit } = options;
  const listeners = new Set<() => void>();
  let place: Place | undefined;
  let cancelIdle = () => {};

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function go(next: Place | undefined): void {
    if (place?.at === 'hand') place.test.stop();
    if (place?.at === 'password') place.entry.close();
    place = next;
    stillThere();
    changed();
  }

  /** Somebody did something: the time until the menu closes itself begins anew. */
  function stillThere(): void {
    cancelIdle();
    if (place) cancelIdle = clock.after(place.at === 'password' ? PASSWORD_IDLE_MS : IDLE_MS, () => leave('idle'));
  }

  function ask(): void {
    if (place || !rest.begin()) return;
    const entry = openPasswordEntry({
      ...{ password, onChange: changed },
      onRefused: (problem) => audit({ name: 'technician.refused', reason: refusals[problem] }),
      onRight() {
        audit({ name: 'technician.entered' });
        go({ at: 'list' });
        void selfTester.all();
      },
    });
    go({ at: 'password', entry });
  }

  function leave(why: 'done' | 'idle' | 'closed'): void {
    if (!place) return;
    if (place.at !== 'password') audit({ name: 'technician.left', why });
    go(undefined);
    rest.end();
  }

  function begin(test: TestByHand): void {
    const onResult = (works: boolean) => {
      results.keep({ test, works, at: clock.wall().toISOString() });
      audit({ name: 'technician.tested', part: test, works });
      go({ at: 'list' });
    };
    if (place?.at !== 'list') return;
    go({ at: 'hand', test: startHandTest(test, options, { onChange: changed, onResult }) });
  }

  function sayInside(intent: TechnicianIntent): void {
    if (intent.say === 'look-at') go({ at: 'part', part: intent.part });
    else if (intent.say === 'begin') begin(intent.test);
    else if (intent.say === 'show-sheet') go({ at: 'sheet' });
    else if (intent.say === 'show-desk') go({ at: 'desk' });
    else if (intent.say === 'back') go({ at: 'list' });
    else if (intent.say === 'again') void (place?.at === 'part' ? selfTester.one(place.part) : selfTester.all());
    else if (place?.at === 'hand') place.test.take(intent);
  }

  /** The pad types the password as it types a PIN: `*` erases, `#` is OK. */
  function padKey(pressed: number, down: boolean): void {
    if (!down || !place) return;
    stillThere();
    if (place.at !== 'password') return;
    if (pressed === HASH) void place.entry.enter();
    else place.entry.key(pressed === STAR ? ERASE : pressed);
  }

  const stops = [watchServiceKeys(panel, clock, ask), panel.onKey(padKey), selfTester.watch(() => place && changed())];
  return {
    view: () => place && viewOf(place, options),
    say(intent) {
      if (!place) return;
      stillThere();
      if (intent.say === 'leave') leave('done');
      else if (place.at !== 'password') sayInside(intent);
      else if (intent.say === 'enter-password') void place.entry.enter();
    },
    key(pressed) {
      if (place?.at !== 'password') return;
      stillThere();
      place.entry.key(pressed);
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      leave('closed');
      for (const stop of stops) stop();
    },
  };
}
