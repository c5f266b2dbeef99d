/**
 * Gives processes a part of one core, as a stand-in for a smaller board: by a control group where this user may make
 * one, else by stopping and continuing them in turn.
 */
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Quota = {
  readonly by: string;
  readonly share: number;
  /** Puts a process that this one has started under the quota. */
  hold(pid: number): void;
  /** To be called when all of them have ended. */
  release(): void;
};

/** Short against what is measured: within a long one the processes would run at full speed, then rest. */
const PERIOD_MS = 20;
const STOPPING_PERIOD_MS = 48;

type Files = Readonly<Record<string, string>>;

/** @param share of one core, 0…1, for all processes together */
export function openQuota(share: number): Quota {
  const periodUs = PERIOD_MS * 1000;
  const quotaUs = Math.round(share * periodUs);
  return (
    openGroup('control group (v2)', '/sys/fs/cgroup', { 'cpu.max': `${quotaUs} ${periodUs}` }, share) ??
    openGroup(
      'control group (v1)',
      '/sys/fs/cgroup/cpu',
      { 'cpu.cfs_period_us': `${periodUs}`, 'cpu.cfs_quota_us': `${quotaUs}` },
      share,
    ) ??
    stopAndContinue(share)
  );
}

function openGroup(by: string, root: string, limits: Files, share: number): Quota | undefined {
  const group = join(root, `kazasu-bench-${process.pid}`);
  try {
    mkdirSync(group);
  } catch {
    return undefined;
  }
  try {
    // An existing file only: on a folder that is no control group a plain file would come into being.
    for (const [file, limit] of Object.entries(limits)) writeFileSync(join(group, file), limit, { flag: 'r+' });
  } catch {
    rmdirSync(group);
    return undefined;
  }
  return {
    by,
    share,
    hold: (pid) => writeFileSync(join(group, 'cgroup.procs'), `${pid}`),
    release: () => rmdirSync(group),
  };
}

function stopAndContinue(share: number): Quota {
  const held = new Set<number>();
  const tell = (signal: NodeJS.Signals) => {
    for (const pid of held) {
      try {
        process.kill(pid, signal);
      } catch {
        held.delete(pid);
      }
    }
  };
  let timer: NodeJS.Timeout;
  const run = () => {
    tell('SIGCONT');
    timer = setTimeout(rest, STOPPING_PERIOD_MS * share);
  };
  const rest = () => {
    tell('SIGSTOP');
    timer = setTimeout(run, STOPPING_PERIOD_MS * (1 - share));
  };
  run();
  // Whoever is stopped when this process ends would stay so for ever.
  process.once('exit', () => tell('SIGCONT'));
  return {
    by: 'stopping and continuing',
    share,
    hold: (pid) => held.add(pid),
    release() {
      clearTimeout(timer);
      tell('SIGCONT');
    },
  };
}
