import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserFlags } from './browser-flags.ts';

/** Debian's folder on no disk; a profile takes about 5 MB of it. */
const IN_MEMORY = '/dev/shm';

export type BrowserProcess = {
  readonly pid: number | undefined;
  /** Aborted when the browser has ended by itself or could not be started. */
  readonly ended: AbortSignal;
  /** Kills browser, renderers and helpers, and removes what they kept. Resolves when that is done; may be called twice. */
  kill(): Promise<void>;
};

/**
 * Starts Chromium in a process group of its own, so that one signal reaches all of it: a renderer that stands still
 * would not notice that its browser has gone. All that it writes goes to a home folder of its own.
 */
export function startBrowser(executable: string, url: string): BrowserProcess {
  const home = newHome();
  const child = spawn(executable, browserFlags(join(home, 'profile'), url), {
    detached: true,
    stdio: 'ignore',
    cwd: home,
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: home, XDG_CACHE_HOME: home },
  });
  const ended = new AbortController();
  const killGroup = () => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of the group has gone already.
    }
  };
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.on('error', () => resolve());
  }).then(() => {
    ended.abort();
    killGroup();
  });
  // This program's own end, by whatever way it can still be told of, is the screen's end too.
  process.once('exit', killGroup);
  return {
    pid: child.pid,
    ended: ended.signal,
    async kill() {
      killGroup();
      await gone;
      process.removeListener('exit', killGroup);
      // Killed processes can still be closing their files.
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    },
  };
}

/** A folder that Chromium takes for its user's home, in memory where the system has such a place. */
function newHome(): string {
  const home = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'kazasu-screen-'));
  mkdirSync(join(home, 'chromium'));
  // A file where the folder would be made: else a renderer's memory is written there when it crashes, whatever flags say
  // (seen with Debian's Chromium 156). Its build for arm64 ends itself over that; there the image goes with this folder.
  if (process.arch !== 'arm64') writeFileSync(join(home, 'chromium', 'Crash Reports'), '');
  return home;
}
