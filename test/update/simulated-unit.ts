/**
 * A unit as the updater meets it: two slots, the boot loader's three tries, a reader with patients before it, and a
 * plug that can be pulled. It throws where a law of updates is broken.
 */

import { runUpdateAgent } from '../../src/update/agent.ts';
import type { Release } from '../../src/update/feed.ts';
import type { ReleaseServer, UpdateEvent, UpdateUnit } from '../../src/update/ports.ts';
import { type KeptUpdate, nothingKept } from '../../src/update/standing.ts';
import { done, gone, got } from '../../src/update/update-fault.ts';
import { isNewer } from '../../src/update/version.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

/** What becomes of a version on this reader. */
export type Nature =
  | 'good'
  /** The kernel panics. */
  | 'panics'
  /** It runs, and the panel does not work with it. */
  | 'fails'
  /** The reader's program never comes up. */
  | 'silent'
  | 'foreign'
  | 'not-installable';

/** Without these no reader keeps its records, or comes by its next update. */
export const NEVER_EXCUSED: readonly string[] = [
  ...['network', 'clock', 'certificates', 'disk', 'update-keys', 'face-models', 'portrait-decoder', 'records', 'audit-log'],
];

const nothingBroken = { version: '', parts: [] as readonly string[] };
const TRIES = 3;
const REBOOT_MS = 2_000;
const BOOT_MS = 30_000;
const INSTALL_MS = 60_000;

type SlotName = 'A' | 'B';
type Slot = { version: string; ok: boolean; tries: number };

export function createSimulatedUnit(options: {
  readonly clock: SimulatedClock;
  readonly version: string;
  readonly natureOf: (version: string) => Nature;
  /** Absent: there is no server of releases. */
  readonly releases?: () => readonly Release[];
  readonly random?: () => number;
}) {
  const { clock, natureOf, releases, random = () => 0.5 } = options;
  const slots: Record<SlotName, Slot> = {
    A: { version: options.version, ok: true, tries: 0 },
    B: { version: options.version, ok: true, tries: 0 },
  };
  let order: SlotName[] = ['A', 'B'];
  let booted: SlotName = 'A';
  let boots = 0;
  let resumed = 0;
  let kept: KeptUpdate = nothingKept;
  let [inReception, resting] = [false, false];
  const passed = new Set<string>();
  /** Parts that are broken by themselves, whatever runs. */
  const defects = new Set<string>();
  /** What the version that runs, and the one that ran before it, found broken at its end. */
  let [failingAtEnd, failingBefore] = [nothingBroken, nothingBroken];
  let [readerStarts, restarting] = [0, false];
  const events: UpdateEvent[] = [];
  const broken: string[] = [];
  let on = false;
  let deaf = false;
  let lineDead = false;
  let comesAtBoot = false;
  /** Of the updater's process. */
  let life = new AbortController();
  let agent: Promise<void> = Promise.resolve();

  const running = () => slots[booted].version;
  const other = (): SlotName => (booted === 'A' ? 'B' : 'A');
  const up = () => natureOf(running()) !== 'silent';
  const failing = () => [...new Set([...defects, ...(natureOf(running()) === 'fails' ? ['panel'] : [])])];
  const wait = (ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      const cancel = clock.after(ms, resolve);
      signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });

  /** As grub.cfg chooses; a slot that panics costs its tries at once. */
  function choose(): SlotName {
    for (;;) {
      let chosen = order.find((name) => slots[name].ok && slots[name].tries < TRIES);
      if (chosen === undefined) {
        for (const name of order) slots[name].tries = 0;
        chosen = order.find((name) => slots[name].ok) ?? 'A';
      }
      slots[chosen].tries++;
      if (natureOf(slots[chosen].version) !== 'panics') return chosen;
    }
  }

  function boot(): void {
    on = true;
    booted = choose();
    boots++;
    restarting = false;
    if (failingAtEnd.version !== running()) failingBefore = failingAtEnd;
    [inReception, resting] = [comesAtBoot, false];
    startAgent();
  }

  function startAgent(): void {
    life = new AbortController();
    agent = runUpdateAgent(unit(life.signal), life.signal);
  }

  function unit(alive: AbortSignal): UpdateUnit {
    const law = (holds: boolean, text: string) => {
      if (!holds) broken.push(text);
    };
    const server: ReleaseServer = {
      async releases() {
        return got(releases?.() ?? []);
      },
      async stream() {
        const lost = { code: 'UPD-974', detail: 'the line is dead' } as const;
        return got({ url: 'http://127.0.0.1:1/bundle', lost: () => (lineDead ? lost : undefined), async close() {} });
      },
    };
    return {
      clock,
      random,
      identity: { readerId: 'KZ000001', compatible: 'kazasu-virt' },
      running: running(),
      bootId: `boot ${boots}`,
      ...(releases ? { source: { server, ring: 1 } } : {}),
      reader: {
        answers: async () => (up() ? done : gone('UPD-979', 'nobody listens')),
        async rest() {
          if (!up()) return 'gone';
          if (inReception) return 'busy';
          resting = true;
          return 'resting';
        },
        async resume() {
          resting = false;
          resumed++;
          return done;
        },
        async selfTest(signal) {
          const started = readerStarts;
          await wait(BOOT_MS, signal);
          if (!up() || started !== readerStarts) return gone('UPD-979', 'nobody listens');
          if (inReception) return gone('UPD-979', 'somebody stands there');
          const excused = failingBefore.parts.filter((part) => !NEVER_EXCUSED.includes(part));
          if (failing().every((part) => excused.includes(part))) passed.add(running());
          return got(failing().map((part) => ({ part, code: 'UNIT-951' })));
        },
      },
      installer: {
        async install(_url, release, signal) {
          law(isNewer(release.version, running()), `installs ${release.version} over ${running()}`);
          if (natureOf(release.version) === 'foreign') return gone('UPD-976', 'foreign');
          const slot = slots[other()];
          Object.assign(slot, { version: '0.0.0', ok: false });
          await wait(INSTALL_MS, signal);
          if (lineDead || alive.aborted || signal.aborted || natureOf(release.version) === 'not-installable')
            return gone('UPD-978', 'no');
          Object.assign(slot, { version: release.version, ok: true, tries: 0 });
          order = [other(), booted];
          return done;
        },
        async markGood() {
          law(passed.has(running()), `marks ${running()} good, in which a part fails that worked before`);
          slots[booted].tries = 0;
          return done;
        },
      },
      kept: {
        get value() {
          return kept;
        },
        keep(next) {
          kept = structuredClone(next);
          return done;
        },
      },
      requestReboot() {
        law(!inReception, 'restarts the unit in a reception');
        law(resting || !up(), 'restarts the unit without having asked');
        const asked = boots;
        restarting = !deaf;
        clock.after(REBOOT_MS, () => {
          if (boots === asked && !deaf) cutPower();
        });
        return done;
      },
      tell: (event) => events.push(event),
    };
  }

  /** Also what a restart comes to: everything ends where it stands, and the boot loader chooses anew. */
  function cutPower(): void {
    if (!on) return;
    on = false;
    failingAtEnd = { version: running(), parts: failing() };
    life.abort();
    clock.after(1_000, boot);
  }

  return {
    boot,
    cutPower,
    /** The updater's process ends and is started again, in the same boot. */
    async restartAgent() {
      const before = life;
      before.abort();
      await agent;
      if (on && life === before) startAgent();
    },
    /** Asked for or not, no restart comes, until the returned function is called. */
    holdReboots() {
      deaf = true;
      return () => {
        deaf = false;
      };
    },
    /** As RAUC's service does when the updater that asked for it has ended. */
    installBehindItsBack(version: string) {
      Object.assign(slots[other()], { version, ok: true, tries: 0 });
      order = [other(), booted];
    },
    /** While a bundle streams; the list of releases still comes. */
    setLineDead(dead: boolean) {
      lineDead = dead;
    },
    /** A patient comes, when the reader is free for one. */
    begin() {
      if (up() && !resting) inReception = true;
    },
    breakPart(part: string) {
      defects.add(part);
    },
    /** As soon as somebody can work at the unit: not while it rests for an update. */
    mendPart(part: string) {
      const mend = () => {
        if (on && !resting && !restarting) defects.delete(part);
        else clock.after(60_000, mend);
      };
      mend();
    },
    /** The reader's program ends and is there again. */
    restartReader() {
      readerStarts++;
      [inReception, resting] = [false, false];
    },
    /** From now on the first patient is there before the updater. */
    comeAtBoot() {
      comesAtBoot = true;
    },
    end() {
      inReception = false;
    },
    events,
    broken,
    running,
    boots: () => boots,
    resting: () => resting,
    resumed: () => resumed,
    tries: () => slots[booted].tries,
    kept: () => kept,
    async off() {
      on = false;
      life.abort();
      await agent;
    },
  };
}

export function release(version: string, more: Partial<Release> = {}): Release {
  return {
    version,
    compatible: 'kazasu-virt',
    bundle: `${version}.raucb`,
    size: 1,
    rings: { 1: '2026-04-01T00:00:00+09:00' },
    spreadHours: 0,
    notes: '',
    ...more,
  };
}
