/** The reader's own screen as a unit has it, over a scripted reader: Debian's Chromium, kept there by the product. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { openKioskBrowser, type ScreenLoss } from '../../src/kiosk/browser/kiosk-browser.ts';
import { createPageWatch } from '../../src/kiosk/browser/page-watch.ts';
import { createKioskServer } from '../../src/kiosk/server.ts';
import { root } from './kiosk-browser.ts';
import { ScriptedSource } from './scripted-source.ts';

/** What a machine without a display needs, where tests run as root. The browser itself is a whole one, not "headless". */
const TEST_FLAGS = '--ozone-platform=headless --no-sandbox --disable-gpu --remote-debugging-port=0';

type ScreenNews = { readonly at: 'ready' } | { readonly at: 'lost'; readonly why: ScreenLoss };
/** `atMs`: on the clock of `performance.now()`. */
type Told = ScreenNews & { readonly atMs: number };
export type KioskScreen = Awaited<ReturnType<typeof openKioskScreen>>;

export async function openKioskScreen() {
  const source = new ScriptedSource();
  const watch = createPageWatch(systemClock);
  const server = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir: join(root, 'build/kiosk'),
    bootToken: { value: randomBytes(24).toString('base64url'), uses: 'many' },
    source,
    watch,
  });
  const program = testChromium();
  const told: Told[] = [];
  const defects: unknown[] = [];
  const listeners = new Set<() => void>();
  const tell = (news: ScreenNews) => {
    told.push({ ...news, atMs: performance.now() });
    for (const listener of [...listeners]) listener();
  };
  const opened = openKioskBrowser({
    executable: program.path,
    clock: systemClock,
    watch,
    newOpening: () => server.newOpening(),
    onDefect: (error) => defects.push(error),
    onReady: () => tell({ at: 'ready' }),
    onLost: (why) => tell({ at: 'lost', why }),
  });
  if (!opened.ok) throw new Error(opened.fault.detail);
  const browser = opened.value;

  return {
    source,
    server,
    browser,
    /** Called while the news is being told: before anything is done about it. */
    onNews: (listener: () => void) => void listeners.add(listener),
    /** The next piece of news that nobody has taken yet. */
    async next(): Promise<Told> {
      while (told.length === 0) {
        await new Promise<void>((resolve) => listeners.add(resolve));
      }
      return told.shift() as Told;
    },
    async close() {
      await browser.close();
      await server.close();
      program.remove();
      if (defects.length > 0) throw defects[0];
    },
  };
}

/** Debian's Chromium with the flags of tests: a program of its own, so that the product has no way in for them. */
export const testChromium = () => testProgram(`/usr/bin/chromium "$@" ${TEST_FLAGS}`);

/** A program that is this one line of shell, to be removed afterwards. */
export function testProgram(line: string) {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-program-'));
  const path = join(folder, 'program');
  writeFileSync(path, `#!/bin/sh\nexec ${line}\n`);
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

type Process = { readonly pid: number; readonly parent: number; readonly group: number; readonly words: string[] };

/** All processes of the group that `browserPid` leads, but for those that only wait to be forgotten. */
export function processesOf(browserPid: number): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)))
    .filter(({ group }) => group === browserPid);
}

export const renderersOf = (browserPid: number) =>
  processesOf(browserPid).filter(({ words }) => words.includes('--type=renderer'));

/** The home folder that the browser was given: all that it keeps lies there. */
export function homeOf(browserPid: number): string {
  const environment = readFileSync(`/proc/${browserPid}/environ`, 'utf8').split('\0');
  return environment.find((line) => line.startsWith('HOME='))?.slice('HOME='.length) ?? '';
}

/** `/proc/PID/stat`: `pid (name) state ppid pgrp …` */
function readProcess(pid: number): Process[] {
  try {
    const [state, parent, group] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    if (state === 'Z') return [];
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/);
    return [{ pid, parent: Number(parent), group: Number(group), words }];
  } catch {
    return [];
  }
}
