/** The bench gateway in a process of its own, as whoever tries a reader against it starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient, type GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { Settlement } from '../../src/eligibility/settle.ts';
import { ok } from '../../src/faults/result.ts';
import type { HolderProof } from '../../src/reception/ports.ts';
import { folder, kazasu } from './kazasu.ts';

const place = folder();
const pki = join(place.path, 'pki');
const file = (...name: string[]) => readFileSync(join(pki, ...name));
const never = new AbortController().signal;
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  place.remove();
});

function config(content: object, name = 'gateway.json'): string {
  const path = join(place.path, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function start(path: string): Promise<{ origin: string; stop(): Promise<number | null> }> {
  const child = spawn(process.execPath, ['src/main.ts', 'gateway', '--config', path], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  let origin = '';
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /https:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? origin;
    if (line.startsWith('Ctrl-C')) break;
  }
  return {
    origin,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
      running.delete(child);
      return child.exitCode;
    },
  };
}

function clientAt(origin: string, reader = 'KZ000001'): GatewayClient {
  const tls = { ca: file('tls-ca.pem'), cert: file('readers', `${reader}.pem`), key: file('readers', `${reader}.key.pem`) };
  return createGatewayClient({ origin, tls, clock: systemClock });
}

/** A reception by PIN with the key of that persona's card; what it ended with. */
async function receive(client: GatewayClient, id: string, personaId: string): Promise<string> {
  const session = await client.open(id, never);
  if (!session.ok) return session.fault.code;
  const key = createPrivateKey(file('cards', `${personaId}.key.pem`));
  const certificate = new X509Certificate(file('cards', `${personaId}.pem`)).raw;
  const proof: HolderProof = { certificate, signature: sign('sha256', session.value.challenge, key) };
  const proved = await session.value.prove(proof, 'pin', never);
  if (!proved.ok) return proved.fault.code;
  const asked = proved.value.askable ? (['medicines'] as const) : [];
  const answer = await session.value.eligibility({ asked, consents: asked }, never);
  return answer.ok ? `validity ${answer.value.validity}` : answer.fault.code;
}

beforeAll(async () => {
  const made = await kazasu(['gateway', 'pki', '--to', pki, '--reader', 'KZ000001', '--reader', 'KZ000002']);
  expect(made).toMatchObject({ code: 0, stderr: '' });
});

describe('its keys', () => {
  test('are files that their owner alone may read', () => {
    for (const name of readdirSync(pki, { recursive: true, encoding: 'utf8' })) {
      const { mode } = statSync(join(pki, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
  });

  test('are not written over', async () => {
    const again = await kazasu(['gateway', 'pki', '--to', pki]);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^SYS-902: .*EEXIST/);
  });
});

test('it serves receptions, keeps its database, and ends at Ctrl-C', async () => {
  const path = config({ pki: 'pki', port: 0, database: 'kept.sqlite', latencyMs: { least: 0, most: 50 } });
  const first = await start(path);
  const client = clientAt(first.origin);
  expect(await receive(client, 'reception-1', 'adult')).toBe('validity 1');
  expect(await receive(client, 'reception-2', 'certificate-grace')).toBe('validity 1');
  expect(await receive(client, 'reception-3', 'certificate-revoked')).toBe('GATE-506');
  expect(await receive(client, 'reception-4', 'lost-eligibility')).toBe('validity 2');
  await client.close();
  expect(await first.stop()).toBe(0);
  const second = await start(path);
  const later = clientAt(second.origin);
  // The same keys with the same requests: the same answers, and nothing done again.
  expect(await receive(later, 'reception-1', 'adult')).toBe('validity 1');
  expect(await receive(later, 'reception-5', 'adult')).toBe('validity 1');
  const settled: Settlement[] = [];
  const keep = (settlement: Settlement) => {
    settled.push(settlement);
    return ok();
  };
  expect((await later.settle('reception-1', keep, never)).ok).toBe(true);
  const other = clientAt(second.origin, 'KZ000002');
  expect((await other.settle('reception-1', keep, never)).ok).toBe(false);
  expect(settled).toMatchObject([{ at: 'answered', method: 'pin', given: { consents: ['medicines'] } }]);
  await Promise.all([later.close(), other.close()]);
  expect(await second.stop()).toBe(0);
});

describe('a wrong call is told in words', () => {
  test.each([
    [['gateway'], 2, /--config is missing/],
    [['gateway', 'serve'], 2, /There is no "gateway serve"/],
    [['gateway', 'pki'], 2, /--to is missing/],
    [['gateway', 'pki', '--to', 'x', '--reader', 'lower'], 2, /--reader: "lower" is not four to sixteen/],
    [['gateway', '--nonsense'], 2, /nonsense/],
    [['gateway', '--config', '/nowhere/gateway.json'], 1, /^SYS-902: .*cannot be read \(ENOENT\)/],
  ])('%j', async (args, code, said) => {
    const ended = await kazasu(args);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toMatch(said);
  });

  test.each([
    [{ pki: 'pki', prot: 1 }, /prot/],
    [{ pki: 'pki', latencyMs: { least: 9, most: 1 } }, /latencyMs: least is more than most/],
    [{ pki: 'pki', maintenance: [{ part: 'jpki', from: '3:00', until: '04:00' }] }, /maintenance\.0\.from: a time of day/],
    [{ pki: 'none' }, /ENOENT.*gateway pki --to DIR/],
  ])('%j', async (content, said) => {
    const ended = await kazasu(['gateway', '--config', config(content, 'wrong.json')]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(said);
  });
});
