import { connect } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DeskClient } from './desk-client.ts';
import { expectOk, type ServedDesk, serveDesk, urlOf } from './serve-desk.ts';

let desk: ServedDesk;
let client: DeskClient;
let reception: string | undefined;

beforeAll(async () => {
  desk = await serveDesk();
  client = new DeskClient(desk);
  expectOk(await desk.password.set(Buffer.from('246810')));
  await client.signInByPassword('佐藤', '246810');
  reception = client.cookie;
});
beforeEach(() => {
  client.cookie = undefined;
});
afterAll(async () => {
  await client.close();
  await desk.close();
});

const reads = ['/view', '/news'];
const writes = ['/approve', '/glyphs'];
const administrators = ['/settings', '/people/invite', '/people/remove', '/facility-password', '/audit-export'];

describe('who gets in', () => {
  test.each(['evil.example', '127.0.0.1', 'kz000001.local', 'localhost:1'])('nobody under the name %s', async (host) => {
    expect(await client.get('/', { host })).toMatchObject({ status: 421, body: { reason: 'host' } });
  });

  test('everybody under each of the desk’s own names', async () => {
    const { port } = new URL(client.origin);
    for (const name of ['kz000001.local', 'localhost', '127.0.0.1']) {
      expect((await client.get('/view', { host: `${name}:${port}` })).status).toBe(401);
    }
    expect(desk.server.urls).toEqual(['kz000001.local', 'localhost', '127.0.0.1'].map((name) => `https://${name}:${port}`));
  });

  test.each(['https://evil.example', 'null', 'http://localhost'])('no request of the origin %s', async (origin) => {
    expect(await client.post('/sign-out', {}, { origin })).toMatchObject({ status: 403, body: { reason: 'origin' } });
  });

  test('no request of another of the desk’s own names, which has cookies of its own', async () => {
    expect((await client.post('/sign-out', {}, { origin: urlOf(desk.server, '127.0.0.1') })).status).toBe(403);
  });

  test.each([...writes, ...administrators, '/sign-out', '/sign-in/password'])('no POST %s without an origin', async (path) => {
    for (const origin of [undefined, '']) {
      expect(await client.post(path, {}, { origin })).toMatchObject({ status: 403, body: { reason: 'origin' } });
    }
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded'])('no form of another page: %s', async (type) => {
    client.cookie = reception;
    expect((await client.post('/approve', 'receptionId=a', { 'content-type': type })).status).toBe(415);
  });

  test.each(reads)('nobody to %s who has not signed in', async (path) => {
    expect((await client.get(path)).status).toBe(401);
  });

  test.each([...writes, ...administrators])('nobody to %s who has not signed in', async (path) => {
    expect((await client.post(path)).status).toBe(401);
    client.cookie = `__Host-kazasu-desk=${'A'.repeat(43)}`;
    expect((await client.post(path)).status).toBe(401);
  });

  test.each(administrators)('only an administrator to %s', async (path) => {
    client.cookie = reception;
    expect(await client.post(path)).toMatchObject({ status: 403, body: { reason: 'role' } });
    expect((await client.get('/people')).status).toBe(403);
  });
});

describe('what gets in', () => {
  test('no body larger than 16 kB', async () => {
    expect((await client.post('/join/options', { code: 'x'.repeat(17_000), name: 'a' })).status).toBe(413);
  });

  test.each([{}, { receptionId: 3 }, { receptionId: '' }, { receptionId: 'a', more: 1 }, '[]', '{"receptionId":', 'null'])(
    'no malformed request: %j',
    async (body) => {
      client.cookie = reception;
      expect(await client.post('/approve', body)).toMatchObject({ status: 400, body: { reason: 'malformed' } });
      expect(desk.defects).toEqual([]);
    },
  );

  test('at most ten attempts a minute to sign in', async () => {
    for (let attempt = 0; attempt < 10; attempt++) expect((await client.post('/sign-in/options')).status).toBe(200);
    expect(await client.post('/sign-in/options')).toMatchObject({ status: 429, body: { reason: 'too-many' } });
  });

  test('no TLS older than 1.2', async () => {
    const port = Number(new URL(client.origin).port);
    const options = {
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    const protocolUpTo = (maxVersion: 'TLSv1.1' | 'TLSv1.2') =>
      new Promise((resolve) => {
        const socket = connect({ ...options, maxVersion }, () => resolve(socket.end().getProtocol()));
        socket.on('error', () => resolve('refused'));
      });
    expect(await protocolUpTo('TLSv1.1')).toBe('refused');
    expect(await protocolUpTo('TLSv1.2')).toBe('TLSv1.2');
  });
});

test('every answer forbids the page what it does not need, and is kept by no one', async () => {
  for (const path of ['/', '/view', '/nothing']) {
    const { headers } = await client.get(path);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
        "frame-ancestors 'none';base-uri 'none';form-action 'none'",
    );
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(headers['strict-transport-security']).toBeUndefined();
  }
});
