import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFacilityPassword } from '../../src/desk/facility-password.ts';
import { afterWrong, lockedForMs, NO_LOCKOUT } from '../../src/desk/lockout.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { expectOk } from './serve-desk.ts';

const MINUTE_MS = 60_000;
let folder: string;
let path: string;
let clock: SimulatedClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-password-'));
  path = join(folder, 'password.json');
  clock = createSimulatedClock();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => createFacilityPassword({ path, clock, random: (length) => randomBytes(length) });
const opened = () => expectOk(open());
const never = new AbortController().signal;
const right = () => Buffer.from('246810');
const wrong = () => Buffer.from('000000');

async function withPassword() {
  const password = opened();
  expectOk(await password.set(right()));
  return password;
}

describe('the facility password', () => {
  test('is right or wrong, and says how many tries are left', async () => {
    const password = await withPassword();
    expect(expectOk(await password.verify(wrong(), never))).toEqual({ at: 'wrong', triesLeft: 2 });
    expect(expectOk(await password.verify(right(), never))).toEqual({ at: 'right' });
    expect(expectOk(await password.verify(wrong(), never))).toEqual({ at: 'wrong', triesLeft: 2 });
  });

  test('three wrong ones lock it for ten minutes, three more for twenty, for the right one too', async () => {
    const password = await withPassword();
    for (const minutes of [10, 20, 40]) {
      await password.verify(wrong(), never);
      await password.verify(wrong(), never);
      const forMs = minutes * MINUTE_MS;
      expect(expectOk(await password.verify(wrong(), never))).toEqual({ at: 'locked', forMs });
      await clock.advance(forMs - 1);
      expect(expectOk(await password.verify(right(), never))).toEqual({ at: 'locked', forMs: 1 });
      await clock.advance(1);
    }
    expect(expectOk(await password.verify(right(), never))).toEqual({ at: 'right' });
  });

  test('a restart opens no lock and forgets no wrong entry', async () => {
    const password = await withPassword();
    await password.verify(wrong(), never);
    await opened().verify(wrong(), never);
    expect(expectOk(await opened().verify(wrong(), never))).toMatchObject({ at: 'locked' });
    expect(expectOk(await opened().verify(right(), never))).toMatchObject({ at: 'locked' });
  });

  test('entries at the same moment are counted one by one', async () => {
    const password = await withPassword();
    const verdicts = await Promise.all([1, 2, 3, 4, 5].map(() => password.verify(wrong(), never)));
    expect(verdicts.map((verdict) => expectOk(verdict).at)).toEqual(['wrong', 'wrong', 'locked', 'locked', 'locked']);
  });

  test('what was typed is wiped, right or wrong', async () => {
    const password = await withPassword();
    for (const typed of [right(), wrong(), Buffer.from('12')]) {
      await password.verify(typed, never);
      expect([...typed].every((byte) => byte === 0)).toBe(true);
    }
    const typed = Buffer.from('13579135');
    await password.set(typed);
    expect([...typed].every((byte) => byte === 0)).toBe(true);
  });

  test('is kept as a hash with a salt, readable by its owner alone', async () => {
    await withPassword();
    const first = readFileSync(path, 'utf8');
    expect(first).not.toContain('246810');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await withPassword();
    expect(readFileSync(path, 'utf8')).not.toBe(first);
  });

  test('nobody waits: nothing is counted', async () => {
    const password = await withPassword();
    expect(await password.verify(wrong(), AbortSignal.abort())).toMatchObject({ fault: { code: 'STAFF-853' } });
    expect(expectOk(await password.verify(wrong(), never))).toEqual({ at: 'wrong', triesLeft: 2 });
  });

  test('that was never set is told from one that is wrong', async () => {
    expect(opened().isSet).toBe(false);
    expect(await opened().verify(right(), never)).toMatchObject({ ok: false, fault: { code: 'STAFF-852' } });
  });

  test('that cannot be counted is not compared', async () => {
    const password = await withPassword();
    rmSync(folder, { recursive: true });
    expect(await password.verify(right(), never)).toMatchObject({ ok: false, fault: { code: 'STAFF-853' } });
  });

  test('a damaged file is told of, and not taken for none', () => {
    for (const damaged of ['', '{', '{"salt":"","hash":""}', 'null']) {
      writeFileSync(path, damaged);
      expect(open()).toMatchObject({ ok: false, fault: { code: 'SYS-902', detail: expect.stringContaining('damaged') } });
    }
    rmSync(path);
    chmodSync(folder, 0o700);
    expect(open().ok).toBe(true);
  });
});

test('the lockout never shrinks with another wrong entry, and is never longer than a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 10 ** 13 }), (entries, nowMs) => {
      let lockout = NO_LOCKOUT;
      let longest = 0;
      for (let entry = 1; entry <= entries; entry++) {
        lockout = afterWrong(lockout, nowMs);
        const forMs = lockedForMs(lockout, nowMs);
        expect(forMs > 0).toBe(entry % 3 === 0);
        if (forMs > 0) expect(forMs).toBeGreaterThanOrEqual(longest);
        longest = Math.max(longest, forMs);
      }
      expect(longest).toBeLessThanOrEqual(24 * 3_600_000);
      // A clock that was wrong when it locked does not lock for years.
      expect(lockedForMs({ wrong: 3, lockedUntilMs: nowMs }, 0)).toBeLessThanOrEqual(24 * 3_600_000);
    }),
  );
});
