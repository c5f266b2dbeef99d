/** What speaks to the service manager's end is systemd's own program. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotifier } from '../../src/unit/notify.ts';
import { eventually } from '../eventually.ts';
import { openServiceManager, type ServiceManager } from './service-manager.ts';

let folder: string;
let manager: ServiceManager;
const defects: unknown[] = [];
const onDefect = (error: unknown) => defects.push(error);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-notify-'));
  defects.length = 0;
  manager = await openServiceManager(join(folder, 'notify'));
});
afterEach(() => {
  manager.close();
  rmSync(folder, { recursive: true });
});

test('tells of start, standing, life and end, in this order', async () => {
  const environment = { ...process.env, NOTIFY_SOCKET: join(folder, 'notify'), WATCHDOG_USEC: '90000000' };
  const notifier = createNotifier({ environment, onDefect });
  expect(notifier.watchdogMs).toBe(90_000);
  notifier.ready('takes\npatients');
  notifier.alive();
  notifier.status('faces too');
  notifier.stopping();
  await eventually(() => expect(manager.heard()).toContain('STOPPING=1'));
  const words = manager.heard().match(/(READY=1|STATUS=takes patients|WATCHDOG=1|STATUS=faces too|STOPPING=1)/g);
  expect(words).toEqual(['READY=1', 'STATUS=takes patients', 'WATCHDOG=1', 'STATUS=faces too', 'STOPPING=1']);
  expect(defects).toEqual([]);
});

test('without a service manager nobody is told, and nothing is expected', () => {
  const notifier = createNotifier({ environment: { WATCHDOG_USEC: '90000000' }, onDefect });
  notifier.ready('takes patients');
  expect([notifier.watchdogMs, defects]).toEqual([undefined, []]);
});

test('a service manager that has gone is a defect told, not the end of the reader', async () => {
  const notifier = createNotifier({ environment: { ...process.env, NOTIFY_SOCKET: join(folder, 'none') }, onDefect });
  notifier.ready('takes patients');
  await eventually(() => expect(defects).toHaveLength(1));
});
