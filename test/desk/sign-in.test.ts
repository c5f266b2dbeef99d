import { mkdirSync, rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeskClient } from './desk-client.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';

let desk: ServedDesk;
let client: DeskClient;

beforeEach(async () => {
  desk = await serveDesk();
  client = new DeskClient(desk);
});
afterEach(async () => {
  await client.close();
  await desk.close();
});

const setupCode = () => desk.server.setupCode() ?? '';
const administrator = async (authenticator = new SoftAuthenticator()) => {
  expect((await client.join(setupCode(), '院長', authenticator)).status).toBe(204);
  return authenticator;
};
const another = () => new DeskClient(desk);

describe('the first administrator', () => {
  test('joins with the code that the reader shows, once', async () => {
    const code = setupCode();
    await administrator();
    expect((await client.get('/view')).body).toMatchObject({ you: { name: '院長', role: 'administrator' } });
    expect(await another().join(code, '別の人')).toMatchObject({ status: 403, body: { reason: 'code' } });
  });

  test('is wanted only as long as there is none', async () => {
    expect(setupCode()).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
    expect(setupCode()).toBe(setupCode());
    await administrator();
    expect(desk.server.setupCode()).toBeUndefined();
    expect((await desk.again()).server.setupCode()).toBeUndefined();
  });

  test('who could not be kept may try again, with a new code', async () => {
    const code = setupCode();
    rmSync(desk.folder, { recursive: true });
    expect(await client.join(code, '院長')).toMatchObject({ body: { reason: 'not-kept' } });
    mkdirSync(desk.folder);
    expect(setupCode()).not.toBe(code);
    expect((await client.join(setupCode(), '院長')).status).toBe(204);
  });

  test('may type the code in small letters and without its hyphen', async () => {
    const typed = setupCode().toLowerCase().replace('-', ' ');
    expect((await client.join(typed, '院長')).status).toBe(204);
  });
});

describe('a passkey', () => {
  test('signs its person in, also after a restart of the reader', async () => {
    const authenticator = await administrator();
    const later = await desk.again();
    const page = new DeskClient(later);
    expect((await page.signIn(authenticator)).status).toBe(204);
    expect(later.audited).toMatchObject([{ name: 'desk.signed-in', by: 'passkey', role: 'administrator' }]);
    await page.close();
  });

  test('is not believed for another origin', async () => {
    const authenticator = await administrator();
    const reply = await another().signIn(authenticator, 'https://kazasu.example');
    expect(reply).toMatchObject({ status: 403, body: { reason: 'passkey' } });
  });

  test('is not believed without verification of its user', async () => {
    const authenticator = await administrator();
    authenticator.verifiesUser = false;
    expect((await another().signIn(authenticator)).status).toBe(403);
  });

  test('is not believed when its counter falls: somebody has copied it', async () => {
    const authenticator = await administrator();
    authenticator.counter = 7;
    expect((await another().signIn(authenticator)).status).toBe(204);
    authenticator.counter = 3;
    expect((await another().signIn(authenticator)).status).toBe(403);
  });

  test('cannot be replayed: a challenge is good once', async () => {
    const authenticator = await administrator();
    const options = await client.post('/sign-in/options');
    const response = authenticator.signIn(options.body as never, client.origin);
    authenticator.counter = 0;
    expect((await client.post('/sign-in/passkey', { response })).status).toBe(204);
    expect((await client.post('/sign-in/passkey', { response })).status).toBe(403);
  });

  test('that nobody registered is refused, and the audit log hears of it', async () => {
    expect((await client.signIn(new SoftAuthenticator())).status).toBe(403);
    expect(desk.audited).toEqual([{ name: 'desk.sign-in-refused', by: 'passkey', reason: 'unknown' }]);
  });
});

describe('the facility password', () => {
  beforeEach(async () => {
    expectOk(await desk.password.set(Buffer.from('246810')));
  });

  test('signs in for the reception, under the name that was typed', async () => {
    expect((await client.signInByPassword('　佐藤 ', '246810')).status).toBe(204);
    expect((await client.get('/view')).body).toMatchObject({ you: { name: '佐藤', role: 'reception' } });
  });

  test('gives the same handle under the same name, and never that of a person with a passkey', async () => {
    await administrator();
    const handles: unknown[] = [];
    for (const name of ['佐藤', '佐藤', '院長']) {
      await client.signInByPassword(name, '246810');
      handles.push(((await client.get('/view')).body as { you: { id: string } }).you.id);
    }
    expect(handles[1]).toBe(handles[0]);
    const joined = desk.audited.find(({ name }) => name === 'desk.joined');
    expect(joined).toMatchObject({ person: expect.not.stringMatching(String(handles[2])) });
  });

  test('locks after three wrong entries, for the right one too, and says for how long', async () => {
    for (const triesLeft of [2, 1]) {
      expect(await client.signInByPassword('佐藤', '000000')).toMatchObject({ body: { reason: 'wrong-password', triesLeft } });
    }
    expect(await client.signInByPassword('佐藤', '000000')).toMatchObject({
      status: 403,
      body: { reason: 'locked', forMs: 600_000 },
    });
    expect(await client.signInByPassword('佐藤', '246810')).toMatchObject({ status: 403, body: { reason: 'locked' } });
  });

  test.each([
    ['no digits', Buffer.of(0, 0x41)],
    ['no name', Buffer.from('\x06246810')],
    ['a name of spaces', Buffer.from('\x06246810   ')],
    ['a name with a control character', Buffer.from('\x06246810a\u202eb')],
    ['less than it says', Buffer.from('\x0c123')],
    ['JSON', { name: '佐藤', password: '246810' }],
  ])('is malformed with %s', async (_what, body) => {
    expect((await client.post('/sign-in/password', body)).status).toBe(400);
    expect(desk.defects).toEqual([]);
  });

  test('that was never set is no way in', async () => {
    const fresh = await serveDesk();
    const page = new DeskClient(fresh);
    expect((await page.signInByPassword('佐藤', '246810')).body).toEqual({ reason: 'no-password' });
    await page.close();
    await fresh.close();
  });
});

describe('signing in and out', () => {
  test('the cookie is for this host alone, and no script reads it', async () => {
    const reply = await client.join(setupCode(), '院長');
    expect(reply.headers['set-cookie']).toMatch(/^__Host-kazasu-desk=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
  });

  test('an old cookie is good for nothing once its person has signed out', async () => {
    await administrator();
    const old = client.cookie;
    expect((await client.post('/sign-out')).status).toBe(204);
    client.cookie = old;
    expect(await client.get('/view')).toMatchObject({ status: 401, body: { reason: 'signed-out' } });
  });

  test('a restart signs everybody out', async () => {
    await administrator();
    const later = new DeskClient(await desk.again());
    later.cookie = client.cookie;
    expect((await later.get('/view')).status).toBe(401);
    await later.close();
  });

  test('no audit event carries a name', async () => {
    expectOk(await desk.password.set(Buffer.from('246810')));
    await administrator();
    await client.signInByPassword('佐藤', '246810');
    await client.post('/sign-out');
    expect(desk.audited.map(({ name }) => name)).toEqual(['desk.joined', 'desk.signed-in', 'desk.signed-in', 'desk.signed-out']);
    expect(JSON.stringify(desk.audited)).not.toMatch(/院長|佐藤|246810/);
  });
});
