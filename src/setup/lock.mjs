import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Mistake } from './mistake.mjs';

const WAIT_LIMIT_MS = 15 * 60_000;

/** Runs `task` while no other set-up of this checkout does; a lock whose process has gone is taken over. */
export async function withLock(path, log, task) {
  mkdirSync(dirname(path), { recursive: true });
  const giveUpAt = Date.now() + WAIT_LIMIT_MS;
  for (let told = false; !take(path); told = true) {
    if (!told) log('waiting for another set-up of this checkout to end');
    if (Date.now() > giveUpAt) throw new Mistake(`another set-up has been running for 15 minutes; if none is, remove ${path}`);
    await wait(300);
  }
  try {
    await task();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!holderLives(path)) rmSync(path, { force: true });
    return false;
  }
}

function holderLives(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    // A file just made may still be empty: its maker lives.
    if (!pid) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
