/** The service manager's end is a socket of datagrams, and what speaks to it is systemd's own program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotifier } from '../../src/unit/notify.ts';

/** Prints each notice. What comes with one (a file descriptor, to be closed once it was heard) is dropped by recv(2). */
const HEAR = `$| = 1;
my $notices = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Local => $ARGV[0]) or die $!;
my $text; print "$text\\n" while defined $notices->recv($text, 4096);`;

let folder: string;
let manager: ChildProcess;
let heard = '';
const defects: unknown[] = [];
const before = process.env['NOTIFY_SOCKET'];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-notify-'));
  const path = join(folder, 'notify');
  heard = '';
  defects.length = 0;
  manager = spawn('perl', ['-MIO::Socket::UNIX', '-e', HEAR, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  manager.stdout?.on('data', (chunk) => {
    heard += chunk;
  });
  await vi.waitFor(() => expect(existsSync(path)).toBe(true), { timeout: 10_000 });
  process.env['NOTIFY_SOCKET'] = path;
});
afterEach(() => {
  manager.kill();
  if (before === undefined) delete process.env['NOTIFY_SOCKET'];
  else process.env['NOTIFY_SOCKET'] = before;
  rmSync(folder, { recursive: true });
});

const open = (more: Record<string, string> = {}) =>
  createNotifier({ environment: { ...process.env, ...more }, onDefect: (error) => defects.push(error) });

test('tells of start, standing, life and end, in this order', { timeout: 30_000 }, async () => {
  const notifier = open({ WATCHDOG_USEC: '90000000' });
  expect(notifier.watchdogMs).toBe(90_000);
  notifier.ready('takes\npatients');
  notifier.alive();
  notifier.status('faces too');
  notifier.stopping();
  await vi.waitFor(() => expect(heard).toContain('STOPPING=1'), { timeout: 20_000 });
  const words = heard.match(/(READY=1|STATUS=takes patients|WATCHDOG=1|STATUS=faces too|STOPPING=1)/g);
  expect(words).toEqual(['READY=1', 'STATUS=takes patients', 'WATCHDOG=1', 'STATUS=faces too', 'STOPPING=1']);
  expect(defects).toEqual([]);
});

test('without a service manager nobody is told, and nothing is expected', () => {
  const notifier = createNotifier({ environment: { WATCHDOG_USEC: '90000000' }, onDefect: (error) => defects.push(error) });
  notifier.ready('takes patients');
  expect([notifier.watchdogMs, defects]).toEqual([undefined, []]);
});
