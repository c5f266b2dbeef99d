/** What the configuration says of the record, as a reader is started with it. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHandOvers } from '../../src/compose-clinic.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const MEGABYTE = 1024 * 1024;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-keeping-'));
  mkdirSync(join(folder, 'clinic'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const clock = createSimulatedClock();
const path = () => join(folder, 'records.sqlite');

function open(records: Partial<Config['records']>) {
  const config = readConfig();
  if (!config.ok) throw new Error('the built-in configuration is wrong');
  const onDefect = (error: unknown) => {
    throw error;
  };
  return openHandOvers({
    config: { ...config.value, records: { ...config.value.records, ...records } },
    ...{ folder: join(folder, 'clinic'), recordsPath: path(), clock, simulated: true, onDefect },
  });
}

function pem(name: string, key: KeyObject): string {
  const type = key.type === 'public' ? 'spki' : 'pkcs8';
  writeFileSync(join(folder, name), key.export({ type, format: 'pem' }));
  return join(folder, name);
}

/** A store that is too large, all of it handed over. */
async function fill(): Promise<void> {
  const opened = open({});
  if (!opened.ok) throw new Error(opened.fault.detail);
  await opened.value.close();
  const database = new DatabaseSync(path());
  const insert = database.prepare("INSERT INTO receptions VALUES (?, 'pin', ?, '1', 'accepted', ?, ?, ?, 1, ?, NULL)");
  const at = clock.wall().toISOString();
  database.exec('BEGIN');
  for (let n = 0; n < 1_200; n++) insert.run(`r${n}`, 'x'.repeat(10_000), `r${n}.xml`, at, at, at);
  database.exec('COMMIT');
  database.close();
}

test('a reader keeps to the size, and seals the log away for the clinic', async () => {
  await fill();
  const sealFor = pem('clinic.pub.pem', generateKeyPairSync('x25519').publicKey);
  mkdirSync(join(folder, 'archive'));
  const retention = { receptionDays: 1_827, auditDays: 1_827, gatewayDays: 31, maxMegabytes: 10 };
  const opened = open({ retention, archive: { folder: join(folder, 'archive'), sealFor } });
  if (!opened.ok) throw new Error(opened.fault.detail);
  const pruned = opened.value.records.prune();
  expect(pruned.ok && pruned.value.bytes).toBeLessThanOrEqual(10 * MEGABYTE);
  await opened.value.close();
  // Receptions were enough: no part of the log had to go.
  expect(readdirSync(join(folder, 'archive'))).toEqual([]);
  const tiny = open({ retention: { ...retention, maxMegabytes: 0 }, archive: { folder: join(folder, 'archive'), sealFor } });
  if (!tiny.ok) throw new Error(tiny.fault.detail);
  await tiny.value.close();
  expect(readdirSync(join(folder, 'archive')).length).toBe(1);
});

test.each([
  ['no file', () => join(folder, 'none.pem'), /cannot be read \(ENOENT\)/],
  ['no key', () => path(), /no public key in PEM/],
  ['another kind of key', () => pem('ed.pem', generateKeyPairSync('ed25519').publicKey), /no X25519 key/],
  ['the clinic’s private key', () => pem('own.pem', generateKeyPairSync('x25519').privateKey), /private key: the public one/],
])('%s to seal for is SYS-902 before anything is opened, by the field’s name', (_what, sealFor, reason) => {
  writeFileSync(path(), 'no key either');
  const opened = open({ archive: { folder, sealFor: sealFor() } });
  if (opened.ok) throw new Error('it was opened');
  expect(opened.fault.code).toBe('SYS-902');
  expect(opened.fault.detail).toMatch(/^records\.archive\.sealFor: /);
  expect(opened.fault.detail).toMatch(reason);
  expect(existsSync(join(folder, 'data.key'))).toBe(false);
});
