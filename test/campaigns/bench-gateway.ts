/**
 * Receptions a second that one bench gateway, in a process of its own, and one reader's client sustain, as JSON.
 *
 *   npm run -s bench:gateway -- [--seconds N, for each number of receptions at once]
 *
 * Each reception is whole: opened, identity proved by a signature of a card's key over the challenge (chain, OCSP over
 * HTTP, signature verified), consent recorded, eligibility answered; over mutual TLS 1.3 and into SQLite. The gateway
 * does not think: in the field it takes 3 to 7 s.
 */
import { spawn } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemClock } from '../../src/clock.ts';
import { composePki } from '../../src/compose-gateway.ts';
import { createGatewayClient } from '../../src/eligibility/gateway-client.ts';
import { wholeNumber, wordsOf } from './words.ts';

const values = wordsOf({ seconds: { type: 'string', default: '10' } }, 'usage: npm run -s bench:gateway -- [--seconds N]');
const seconds = wholeNumber('seconds', values.seconds, 1, 600);
const AT_ONCE = [1, 4, 16];
const WARM_UP = 20;
const GIVEN = { asked: ['medicines', 'checkups'], consents: ['medicines', 'checkups'] } as const;
const never = new AbortController().signal;

const folder = mkdtempSync(join(tmpdir(), 'kazasu-bench-gateway-'));
const pki = join(folder, 'pki');
const made = await composePki(pki, ['KZ000001']);
if (!made.ok) throw new Error(made.fault.detail);
const config = join(folder, 'gateway.json');
writeFileSync(config, JSON.stringify({ pki, port: 0, database: 'gateway.sqlite', latencyMs: { least: 0, most: 0 } }));

const child = spawn(process.execPath, ['src/main.ts', 'gateway', '--config', config], { stdio: ['ignore', 'pipe', 'inherit'] });
let origin = '';
for await (const line of createInterface({ input: child.stdout })) {
  origin = /https:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? origin;
  if (line.startsWith('Ctrl-C')) break;
}

const file = (...name: string[]) => readFileSync(join(pki, ...name));
const key = createPrivateKey(file('cards', 'adult.key.pem'));
const certificate = new X509Certificate(file('cards', 'adult.pem')).raw;
const tls = { ca: file('tls-ca.pem'), cert: file('readers', 'KZ000001.pem'), key: file('readers', 'KZ000001.key.pem') };
const client = createGatewayClient({ origin, tls, clock: systemClock });
let receptions = 0;

/** @returns how long a reception took, in milliseconds */
async function receive(): Promise<number> {
  const startMs = performance.now();
  const session = await client.open(`bench-${++receptions}`, never);
  if (!session.ok) throw new Error(`${session.fault.code} ${session.fault.detail}`);
  const signature = sign('sha256', session.value.challenge, key);
  const proved = await session.value.prove({ certificate, signature }, 'pin', never);
  if (!proved.ok) throw new Error(`${proved.fault.code} ${proved.fault.detail}`);
  const answer = await session.value.eligibility(GIVEN, never);
  if (!answer.ok) throw new Error(`${answer.fault.code} ${answer.fault.detail}`);
  return performance.now() - startMs;
}

async function measure(atOnce: number) {
  const took: number[] = [];
  const startMs = performance.now();
  const untilMs = startMs + seconds * 1_000;
  const line = async () => {
    while (performance.now() < untilMs) took.push(await receive());
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  const sorted = took.sort((a, b) => a - b);
  const quantile = (q: number) => Number((sorted[Math.ceil(q * sorted.length) - 1] ?? Number.NaN).toFixed(1));
  const perSecond = Number((took.length / ((performance.now() - startMs) / 1_000)).toFixed(1));
  return { atOnce, receptions: took.length, perSecond, medianMs: quantile(0.5), p99Ms: quantile(0.99), mostMs: quantile(1) };
}

try {
  for (let run = 0; run < WARM_UP; run++) await receive();
  const runs = [];
  for (const atOnce of AT_ONCE) runs.push(await measure(atOnce));
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, arch: process.arch };
  process.stdout.write(`${JSON.stringify({ runs, requestsEach: 4, machine, simulated: ['card', 'gateway'] }, null, 2)}\n`);
} finally {
  await client.close();
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  await ended;
  rmSync(folder, { recursive: true, force: true });
}
