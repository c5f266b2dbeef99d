import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { proposedPolicy } from '../src/records/retention.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-config-'));
const path = join(folder, 'kazasu.json');

afterAll(() => rmSync(folder, { recursive: true }));

function read(config: unknown) {
  writeFileSync(path, JSON.stringify(config));
  return readConfig(path);
}

test('the card module is looked for on its own unless the configuration says which and where', () => {
  expect(read({})).toMatchObject({ ok: true, value: { module: { protocol: 'auto' } } });
  const module = { protocol: 'acs', path: '/dev/ttyUSB0', baudRate: 115_200 };
  expect(read({ module })).toMatchObject({ ok: true, value: { module } });
});

test.each([
  [{ protocol: 'usb' }, 'module.protocol'],
  [{ path: 'ttyUSB0' }, 'module.path: a path that begins with /'],
  [{ baudRate: 1_200 }, 'module.baudRate'],
  [{ protocl: 'gem' }, '"protocl"'],
])('%j is refused, and the message names what is wrong', (module, named) => {
  const config = read({ module });
  expect(config).toMatchObject({ ok: false, fault: { code: 'SYS-902' } });
  expect(!config.ok && config.fault.detail).toContain(named);
});

test('the staff port is on loopback unless an address is given, and that is no name', () => {
  expect(read({})).toMatchObject({ ok: true, value: { staff: { host: '127.0.0.1' } } });
  expect(read({ staff: { host: '192.0.2.10' } })).toMatchObject({ ok: true, value: { staff: { host: '192.0.2.10' } } });
  const named = read({ staff: { host: 'reader.local' } });
  expect(!named.ok && named.fault.detail).toContain('staff.host: an IP address');
});

test('what is kept for how long is as the record proposes, unless the configuration says otherwise', () => {
  const { maxBytes, ...proposed } = proposedPolicy;
  const retention = { ...proposed, maxMegabytes: maxBytes / 1024 / 1024 };
  expect(read({})).toMatchObject({ ok: true, value: { records: { retention } } });
  const shorter = read({ records: { retention: { receptionDays: 365 } } });
  expect(shorter).toMatchObject({ ok: true, value: { records: { retention: { ...retention, receptionDays: 365 } } } });
  const none = read({ records: { retention: { auditDays: 0 } } });
  expect(!none.ok && none.fault.detail).toContain('records.retention.auditDays');
  const half = read({ records: { archive: { folder: 'archive' } } });
  expect(!half.ok && half.fault.detail).toContain('records.archive.sealFor');
});
