import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDock, type Dock } from '../../src/bench/dock/dock.ts';
import { failed } from '../../src/faults/result.ts';
import { eventually } from '../eventually.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { ask, cookieFrom, nextMessage, openSocket } from './local-client.ts';
import { ScriptedDockBench } from './scripted-dock-bench.ts';

const clock = createSimulatedClock();
let bench: ScriptedDockBench;
let dock: Dock;
let cookie: string;

beforeEach(async () => {
  bench = new ScriptedDockBench();
  dock = await createDock({
    clock,
    random: (length) => randomBytes(length),
    pageDir: join(import.meta.dirname, '../../src/bench/dock/ui'),
    bench,
    kioskOrigin: () => 'http://127.0.0.1:8',
  });
  cookie = await cookieFrom(dock.url);
});

afterEach(() => dock.close());

const headers = () => ({ cookie, origin: dock.origin, 'content-type': 'application/json' });
const post = (path: string, body: unknown) =>
  ask(`${dock.origin}${path}`, { method: 'POST', headers: headers(), body: JSON.stringify(body) });
const act = (action: unknown) => post('/actions', action);

describe('the dock is given to the person at the bench alone', () => {
  test('the boot address keeps what was asked for, so that the drawer gets the small version', async () => {
    expect((await ask(`${dock.url}?compact=1&lang=en`)).headers.location).toBe('/?compact=1&lang=en');
  });

  test('only the kiosk may show it inside its own page', async () => {
    const { headers: said } = await ask(dock.origin);
    expect(said['content-security-policy']).toContain('frame-ancestors http://127.0.0.1:8');
  });

  test.each([
    ['no cookie', 403, { cookie: '' }],
    ['another Origin', 403, { origin: 'http://evil.example' }],
    ['another Host', 421, { host: 'dock.example' }],
  ] as const)('an action with %s is refused and not done', async (_what, status, lie) => {
    const body = JSON.stringify({ type: 'place', personaId: 'adult' });
    const answer = await ask(`${dock.origin}/actions`, { method: 'POST', headers: { ...headers(), ...lie }, body });
    expect(answer.status).toBe(status);
    expect(bench.view().placed).toBeUndefined();
  });

  test('an action without an Origin is refused', async () => {
    const answer = await ask(`${dock.origin}/actions`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: '{"type":"remove"}',
    });
    expect(answer.status).toBe(403);
  });

  test('the view opens for its own page alone', async () => {
    const url = `${dock.origin.replace('http', 'ws')}/view`;
    expect(await openSocket(url, { cookie, origin: 'http://127.0.0.1:8' })).toEqual({ refused: 403 });
    expect(await openSocket(url, { cookie, origin: dock.origin })).toHaveProperty('socket');
  });
});

describe('the bench does what the dock asks', () => {
  test.each([
    [{ type: 'place', personaId: 'pin-locked' }, { placed: 'pin-locked' }],
    [{ type: 'camera', camera: { kind: 'nobody' } }, { camera: { kind: 'nobody' } }],
    [
      { type: 'camera', camera: { kind: 'persona', personaId: 'rare-name' } },
      { camera: { kind: 'persona', personaId: 'rare-name' } },
    ],
    [{ type: 'gateway', mode: 'garbled' }, { gateway: { mode: 'garbled', latencyMs: 1200 } }],
    [{ type: 'latency', latencyMs: 5000 }, { gateway: { mode: 'normal', latencyMs: 5000 } }],
    [{ type: 'cable', cable: 'pulled' }, { cable: 'pulled' }],
    [{ type: 'maintenance', part: 'jpki', on: true }, { outside: { maintenance: [{ part: 'jpki' }] } }],
    [{ type: 'query', item: 'surgery' }, { outside: { clinic: { answer: { item: 'surgery' } } } }],
  ])('%o', async (action, change) => {
    expect((await act(action)).status).toBe(204);
    expect(bench.view()).toMatchObject(change);
  });

  test('and takes the card away again', async () => {
    await act({ type: 'place', personaId: 'adult' });
    await act({ type: 'remove' });
    expect(bench.view().placed).toBeUndefined();
  });

  test.each([
    {},
    { type: 'place', personaId: 'nobody-we-know' },
    { type: 'camera', camera: { kind: 'persona', personaId: 'nobody-we-know' } },
    { type: 'latency', latencyMs: -1 },
    { type: 'cable', cable: 'cut' },
    { type: 'register', person: 'nobody-we-know', channel: 'portal' },
    { type: 'query', item: 'thoughts' },
    { type: 'format-the-disk' },
  ])('but not %o', async (action) => {
    const before = bench.view();
    expect((await act(action)).status).toBe(400);
    expect(bench.view()).toBe(before);
  });

  test('nor anything at random', async () => {
    const before = bench.view();
    for (const body of fc.sample(fc.json(), { numRuns: 60, seed: 6 })) {
      const { status } = await ask(`${dock.origin}/actions`, { method: 'POST', headers: headers(), body });
      expect(status).toBe(400);
    }
    expect(bench.view()).toBe(before);
  });
});

describe('a test card with one’s own face', () => {
  const picture = Buffer.from('ffd8ffe0', 'hex');

  test('is issued from the pictures, byte for byte', async () => {
    const { status, body } = await post('/own-card', { pictures: [picture.toString('base64')] });
    expect([status, JSON.parse(body)]).toEqual([200, { ok: true }]);
    expect(bench.issued).toEqual([[Uint8Array.from(picture)]]);
  });

  test('tells why it could not be issued', async () => {
    bench.issueAnswer = failed('FACE-402');
    const { body } = await post('/own-card', { pictures: [picture.toString('base64')] });
    expect(JSON.parse(body)).toEqual({ ok: false, fault: { code: 'FACE-402' } });
  });

  test.each([{}, { pictures: [] }, { pictures: ['not base64!'] }, { pictures: Array(6).fill('AAAA') }])(
    'is not made of %o',
    async (body) => {
      expect((await post('/own-card', body)).status).toBe(400);
      expect(bench.issued).toEqual([]);
    },
  );
});

describe('the view', () => {
  test('comes at once, and many changes come as one', async () => {
    const opened = await openSocket(`${dock.origin.replace('http', 'ws')}/view`, { cookie, origin: dock.origin });
    if (!('socket' in opened)) throw new Error('refused');
    expect(JSON.parse(String(await nextMessage(opened.socket)))).toMatchObject({ state: 'idle' });
    const next = nextMessage(opened.socket);
    for (let line = 0; line < 50; line++) bench.change({ apduLog: [`${line}`] });
    await clock.advance(100);
    expect(JSON.parse(String(await next)).apduLog).toEqual(['49']);
    opened.socket.terminate();
    await eventually(() => expect(bench.watchers).toBe(0));
  });
});
