/** The auditor's commands and the erasing of a store, each a process of its own. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyFilesOf } from '../../src/records/key-file.ts';
import { openSigner } from '../../src/records/signer.ts';
import { type AStore, aStore } from '../records/a-store.ts';
import { eventsOf, parcelOf, row } from '../records/rows.ts';
import { kazasu } from './kazasu.ts';

let store: AStore;
let key: string;
const clinic = generateKeyPairSync('x25519');

beforeEach(() => {
  store = aStore();
  key = pem('device.pub.pem', store.publicKey);
  const records = store.open();
  for (const id of ['r1', 'r2']) {
    records.commit(row(id), eventsOf(id), parcelOf(id));
    records.outbox.delivered(id);
  }
  records.close();
});
afterEach(() => store.remove());

const at = (name: string) => join(store.folder, name);
const audit = (...args: string[]) => kazasu(['audit', ...args]);

function pem(name: string, of: KeyObject): string {
  const type = of.type === 'public' ? 'spki' : 'pkcs8';
  writeFileSync(at(name), of.export({ type, format: 'pem' }));
  return at(name);
}

function tampered(sql: string): string {
  copyFileSync(store.path, at('tampered'));
  const database = new DatabaseSync(at('tampered'));
  database.exec(`DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed; ${sql}`);
  database.close();
  return at('tampered');
}

describe('audit verify', () => {
  test('ends with 0 for a whole log, and what it prints serves as a checkpoint later', async () => {
    const whole = await audit('verify', store.path, '--key', key, '--json');
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(whole.stdout)).toMatchObject({ ok: true, entries: 8, signedUpTo: 8 });
    writeFileSync(at('kept.json'), whole.stdout);
    const cut = tampered('DELETE FROM audit WHERE seq > 6; DELETE FROM checkpoints');
    expect(await audit('verify', cut, '--key', key)).toMatchObject({ code: 0 });
    const found = await audit('verify', cut, '--checkpoint', at('kept.json'));
    expect(found).toMatchObject({ code: 1, stdout: expect.stringMatching(/^Entry 7 was there once/) });
  });

  test('ends with 1 and names the first bad entry and its reason', async () => {
    const changed = tampered("UPDATE audit SET fields = '{}' WHERE seq = 2");
    expect(await audit('verify', changed)).toMatchObject({ code: 1, stdout: 'Entry 2 was changed.\n' });
    expect(JSON.parse((await audit('verify', changed, '--json')).stdout)).toEqual({ ok: false, seq: 2, reason: 'changed' });
    const other = pem('other.pem', generateKeyPairSync('ed25519').publicKey);
    expect(await audit('verify', store.path, '--key', other)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^Entry 8 was signed, but not by this key/),
    });
  });

  test('ends with 2 for a wrong call', async () => {
    expect(await audit('verify')).toMatchObject({ code: 2, stderr: expect.stringMatching(/FILE is missing/) });
    expect(await audit('verify', at('none'))).toMatchObject({ code: 2 });
    expect(await audit('verify', store.path, '--kee')).toMatchObject({ code: 2, stderr: expect.stringMatching(/--kee/) });
    expect(await audit('verify', store.path, '--key', store.path)).toMatchObject({ code: 2 });
    expect(await audit('verify', store.path, '--key', pem('x.pem', clinic.publicKey))).toMatchObject({ code: 2 });
    expect(await audit('verify', store.path, '--checkpoint', key)).toMatchObject({ code: 2 });
    expect(await audit('burn', store.path)).toMatchObject({ code: 2 });
  });
});

describe('audit export and open', () => {
  test('give the clinic, and nobody else, a log that verifies by itself', async () => {
    const [publicKey, privateKey] = [pem('clinic.pub.pem', clinic.publicKey), pem('clinic.pem', clinic.privateKey)];
    expect(await audit('export', store.path, '--to', at('sealed'), '--seal-for', publicKey)).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(statSync(at('sealed')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('sealed')).includes('reception.accepted')).toBe(false);
    expect(await audit('open', at('sealed'), '--key', privateKey, '--to', at('opened'))).toMatchObject({ code: 0, stderr: '' });
    expect(await audit('verify', at('opened'), '--key', key)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/9 entries/),
    });
    expect(store.stored('SELECT name, fields FROM audit WHERE seq > 8')).toEqual([
      { name: 'audit.exported', fields: '{"sealed":true}' },
    ]);
    const stranger = pem('stranger.pem', generateKeyPairSync('x25519').privateKey);
    expect(await audit('open', at('sealed'), '--key', stranger, '--to', at('again'))).toMatchObject({ code: 1 });
    expect(existsSync(at('again'))).toBe(false);
  });

  test('leave what is there already, and hold no receptions', async () => {
    expect((await audit('export', store.path, '--to', at('plain'))).code).toBe(0);
    expect(await audit('export', store.path, '--to', at('plain'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/already/),
    });
    const plain = new DatabaseSync(at('plain'), { readOnly: true });
    expect(() => plain.prepare('SELECT * FROM receptions')).toThrow('no such table');
    plain.close();
    // A copy of a copy is the copy.
    expect((await audit('export', at('plain'), '--to', at('copy'))).code).toBe(0);
    expect((await audit('verify', at('copy'), '--key', key)).stdout).toMatch(/9 entries/);
    expect((await audit('export', key, '--to', at('nothing'))).code).toBe(1);
    expect((await audit('export', store.path, '--to', at('x'), '--seal-for', key)).code).toBe(2);
  });
});

describe('audit replay', () => {
  test('tells the same flow by the same lines, without id, date or file name', async () => {
    const [first, second] = [
      await audit('replay', store.path, '--reception', 'r1'),
      await audit('replay', store.path, '--reception', 'r2'),
    ];
    expect(first.code).toBe(0);
    expect(first.stdout).toBe(second.stdout);
    expect(first.stdout.split('\n').map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['+0.000 s', 'card', 'reception.started'],
      ['+6.250 s', 'identity', 'pin.wrong', 'triesLeft=2'],
      ['+11.000 s', 'identity', 'identity.proved', 'method=face'],
      ['+20.000 s', 'clinic', 'reception.accepted', 'method=face', 'validity=1'],
      [''],
    ]);
    const json = JSON.parse((await audit('replay', store.path, '--reception', 'r1', '--json')).stdout);
    expect(json[1]).toEqual({ afterMs: 6_250, station: 'identity', event: 'pin.wrong', fields: { triesLeft: 2 } });
  });

  test('ends with 1 for a reception that the log does not know', async () => {
    expect(await audit('replay', store.path, '--reception', 'r9')).toMatchObject({ code: 1, stdout: '' });
    expect(await audit('replay', store.path)).toMatchObject({ code: 2 });
  });
});

describe('records erase', () => {
  const left = () => readdirSync(store.folder).filter((name) => !name.startsWith('device'));

  test('erases nothing without --yes, and all with it', async () => {
    // With a signing key of its own, which goes too.
    openSigner(keyFilesOf(store.path).signingKey);
    const before = left();
    expect(before).toEqual(['audit-key.pem', 'audit-key.pub.pem', 'data.key', 'records.sqlite']);
    expect(await kazasu(['records', 'erase', store.path])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/2 receptions, 8 audit entries, and 0 results/),
    });
    expect(left()).toEqual(before);
    const erased = await kazasu(['records', 'erase', store.path, '--yes']);
    expect(erased).toMatchObject({ code: 0, stderr: '' });
    expect(erased.stdout).toMatch(/data\.key[\s\S]*records\.sqlite[\s\S]*[Ff]lash/);
    expect(left()).toEqual([]);
  });

  test('keeps a store in use, and results that wait for the clinic', async () => {
    const records = store.open();
    expect(await kazasu(['records', 'erase', store.path, '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/REC-701/),
    });
    records.commit(row('r3'), [], parcelOf('r3'));
    records.close();
    expect(await kazasu(['records', 'erase', store.path, '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/wait/),
    });
    expect(existsSync(store.path)).toBe(true);
    expect((await kazasu(['records', 'erase', store.path, '--yes', '--with-waiting'])).code).toBe(0);
    expect(existsSync(store.path)).toBe(false);
    expect((await kazasu(['records', 'erase', store.path, '--yes'])).code).toBe(1);
    expect((await kazasu(['records', 'burn'])).code).toBe(2);
  });
});
