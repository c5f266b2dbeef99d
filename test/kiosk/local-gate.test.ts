import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKioskServer, type KioskServer, type KioskServerOptions } from '../../src/kiosk/server.ts';
import { ask, cookieFrom, openSocket } from './local-client.ts';
import { ScriptedSource } from './scripted-source.ts';

const pageDir = join(import.meta.dirname, '../../src/kiosk/ui');
const servers: KioskServer[] = [];
const refusals: string[] = [];
let server: KioskServer;

async function serve(options: Partial<KioskServerOptions> = {}): Promise<KioskServer> {
  const made = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir,
    bootToken: { value: 'boot-token-of-this-test', uses: 'many' },
    source: new ScriptedSource(),
    log: ({ status, reason }) => refusals.push(`${status} ${reason}`),
    ...options,
  });
  servers.push(made);
  return made;
}

beforeEach(async () => {
  refusals.length = 0;
  server = await serve();
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((made) => made.close()));
});

const wsUrl = () => `${server.origin.replace('http', 'ws')}/link`;

describe('the kiosk page is given to nobody but the screen of this reader', () => {
  test('the boot address gives an HttpOnly SameSite=Strict cookie and leads to the page', async () => {
    const { status, headers } = await ask(server.bootUrl);
    expect(status).toBe(302);
    expect(headers.location).toBe('/');
    expect(String(headers['set-cookie'])).toMatch(/^kazasu-kiosk-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('with the cookie the page is there', async () => {
    const { status, body } = await ask(`${server.origin}/`, { headers: { cookie: await cookieFrom(server.bootUrl) } });
    expect(status).toBe(200);
    expect(body).toContain('<div id="app">');
  });

  test('a wrong boot token is refused', async () => {
    expect((await ask(`${server.origin}/boot/boot-token-of-another`)).status).toBe(403);
    expect(refusals).toEqual(['403 boot token']);
  });

  test('a boot token that may be used once is refused the second time, and the first cookie stands', async () => {
    server = await serve({ bootToken: { value: 'once', uses: 'once' } });
    const cookie = await cookieFrom(server.bootUrl);
    expect((await ask(server.bootUrl)).status).toBe(403);
    expect((await ask(`${server.origin}/`, { headers: { cookie } })).status).toBe(200);
  });

  test('the reader’s own browser gets an address that leads to its page once; a new one ends the one before', async () => {
    const [unused, { url, key }] = [server.newOpening(), server.newOpening()];
    expect((await ask(unused.url)).status).toBe(403);
    const { status, headers } = await ask(url);
    expect([status, headers.location]).toEqual([302, `/?page=${key}`]);
    expect((await ask(url)).status).toBe(403);
    expect((await ask(server.bootUrl)).status).toBe(302);
  });

  test.each([{}, { cookie: 'kazasu-kiosk=x' }])('without its cookie the page is refused %o', async (headers) => {
    expect((await ask(`${server.origin}/`, { headers })).status).toBe(403);
  });

  test('the cookie of another reader on this machine is refused', async () => {
    const other = await serve();
    const [, value] = (await cookieFrom(other.bootUrl)).split('=');
    const named = (await cookieFrom(server.bootUrl)).split('=')[0];
    expect((await ask(`${server.origin}/`, { headers: { cookie: `${named}=${value}` } })).status).toBe(403);
  });

  test.each(['reader.example', 'localhost', '127.0.0.1:1'])('a foreign Host (%s) is misdirected, cookie or not', async (host) => {
    const cookie = await cookieFrom(server.bootUrl);
    const { status } = await ask(`${server.origin}/`, { headers: { host, cookie } });
    expect(status).toBe(421);
    expect((await ask(server.bootUrl, { headers: { host: 'reader.example' } })).status).toBe(421);
  });

  test('a foreign Origin is refused for reading and writing', async () => {
    const cookie = await cookieFrom(server.bootUrl);
    const headers = { cookie, origin: 'http://evil.example' };
    expect((await ask(`${server.origin}/`, { headers })).status).toBe(403);
    expect((await ask(`${server.origin}/`, { method: 'POST', headers })).status).toBe(403);
    expect((await ask(`${server.origin}/`, { method: 'POST', headers: { cookie } })).status).toBe(403);
  });
});

describe('the link opens for the page alone', () => {
  test('with its cookie and Origin', async () => {
    const opened = await openSocket(wsUrl(), { cookie: await cookieFrom(server.bootUrl), origin: server.origin });
    expect(opened).toHaveProperty('socket');
  });

  test('not from another Origin, nor without one', async () => {
    const cookie = await cookieFrom(server.bootUrl);
    expect(await openSocket(wsUrl(), { cookie, origin: 'http://evil.example' })).toEqual({ refused: 403 });
    expect(await openSocket(wsUrl(), { cookie, origin: 'null' })).toEqual({ refused: 403 });
    expect(await openSocket(wsUrl(), { cookie })).toEqual({ refused: 403 });
  });

  test('not without the cookie, nor under another name', async () => {
    expect(await openSocket(wsUrl(), { origin: server.origin })).toEqual({ refused: 403 });
    const cookie = await cookieFrom(server.bootUrl);
    expect(await openSocket(wsUrl(), { cookie, origin: 'http://reader.example', host: 'reader.example' })).toEqual({
      refused: 421,
    });
  });
});

describe('what the page may do', () => {
  const policyOf = (csp: unknown) =>
    new Map(
      String(csp)
        .split(';')
        .map((rule) => [rule.trim().split(' ')[0], rule.trim().split(' ').slice(1).join(' ')]),
    );

  test('is said in the policy of every answer, refusals too', async () => {
    const cookie = await cookieFrom(server.bootUrl);
    for (const headers of [{ cookie }, {}]) {
      const answer = await ask(`${server.origin}/`, { headers });
      const policy = policyOf(answer.headers['content-security-policy']);
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
      expect(policy.get('style-src')).toBe("'self'");
      expect(policy.get('connect-src')).toBe(`'self' ${server.origin.replace('http', 'ws')}`);
      expect(policy.get('frame-src')).toBe("'none'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(answer.headers['permissions-policy']).toContain('camera=(self), microphone=()');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('names the dock as the one page that may be shown inside', async () => {
    server = await serve({ dockOrigin: 'http://127.0.0.1:9' });
    const policy = policyOf((await ask(server.origin)).headers['content-security-policy']);
    expect(policy.get('frame-src')).toBe('http://127.0.0.1:9');
  });
});
