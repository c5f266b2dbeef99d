import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { browserFlags } from '../../../src/kiosk/browser/browser-flags.ts';

/** In a mount namespace of its own, so that this PC's own Chromium keeps its policies. */
const WITH_POLICIES = `
mount -t tmpfs none /etc/chromium && mkdir -p /etc/chromium/policies/managed && cp "$1" /etc/chromium/policies/managed/ || exit 1
shift
exec chromium "$@"`;

/** Asks for the camera, then opens the same server under a name that is not the reader's, and says when that has ended. */
const PAGE = `<body><script>
navigator.mediaDevices.getUserMedia({ video: true })
  .then(() => fetch('/camera'), (error) => fetch('/' + error.name))
  .then(() => {
    const frame = document.createElement('iframe');
    frame.onload = () => fetch('/tried');
    frame.src = 'http://localhost:' + location.port + '/elsewhere';
    document.body.append(frame);
  });
</script>`;

const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0).reverse()) end();
});

async function serve(asked: string[]): Promise<Server> {
  const server = createServer(({ url, headers }, response) => {
    asked.push(`${headers.host?.split(':')[0]}${url}`);
    response.setHeader('content-type', 'text/html').end(PAGE);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ending.push(() => server.close().closeAllConnections());
  return server;
}

function open(url: string): () => string {
  const profile = mkdtempSync(join(tmpdir(), 'kazasu-policies-'));
  const policies = resolve('firmware/image/rootfs/etc/chromium/policies/managed/kazasu.json');
  const flags = browserFlags(profile, url).filter((flag) => flag !== '--auto-accept-camera-and-microphone-capture');
  const child = spawn(
    'unshare',
    [
      ...['--map-root-user', '--mount', 'sh', '-c', WITH_POLICIES, 'sh', policies, ...flags],
      ...['--headless=new', '--no-sandbox', '--use-fake-device-for-media-stream'],
    ],
    { detached: true, env: { ...process.env, HOME: profile } },
  );
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => {
    said += bytes;
  });
  ending.push(() => {
    process.kill(-(child.pid ?? 0), 'SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return () => said;
}

test('Chromium itself opens the reader’s page, gives it the camera unasked, and goes nowhere else', async () => {
  const asked: string[] = [];
  const server = await serve(asked);
  const said = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}/boot/x`);
  await expect.poll(() => `${asked} ${said()}`, { timeout: 60_000 }).toContain('/tried');
  expect(asked).toContain('127.0.0.1/boot/x');
  expect(asked).toContain('127.0.0.1/camera');
  expect(asked.filter((one) => one.startsWith('localhost'))).toEqual([]);
});
