import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { DeskClient } from './desk-client.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';

let clock: SimulatedClock;
let desk: ServedDesk;
let administrator: DeskClient;

beforeEach(async () => {
  clock = createSimulatedClock({ wall: new Date() });
  desk = await serveDesk(clock);
  administrator = new DeskClient(desk);
  expect((await administrator.join(desk.server.setupCode() ?? '', '院長')).status).toBe(204);
});
afterEach(async () => {
  await administrator.close();
  await desk.close();
});

type Person = { readonly id: string; readonly name: string; readonly role: string; readonly passkey: boolean };
const people = async () => ((await administrator.get('/people')).body as { people: Person[] }).people;
const invite = async (role: string) => ((await administrator.post('/people/invite', { role })).body as { code: string }).code;
const remove = (id: string) => administrator.post('/people/remove', { id });

describe('an invitation', () => {
  test('makes one person a member, with the role that it was made for', async () => {
    const code = await invite('reception');
    expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/);
    expect((await new DeskClient(desk).join(code, '鈴木')).status).toBe(204);
    expect((await people()).map(({ name, role, passkey }) => ({ name, role, passkey }))).toEqual([
      { name: '院長', role: 'administrator', passkey: true },
      { name: '鈴木', role: 'reception', passkey: true },
    ]);
    expect((await new DeskClient(desk).join(code, '田中')).body).toEqual({ reason: 'code' });
  });

  test('ends after fifteen minutes', async () => {
    const code = await invite('reception');
    await clock.advance(15 * 60_000 - 1_000);
    expect((await new DeskClient(desk).post('/join/options', { code, name: '鈴木' })).status).toBe(200);
    await clock.advance(1_000);
    expect((await new DeskClient(desk).post('/join/options', { code, name: '鈴木' })).body).toEqual({ reason: 'code' });
  });
});

describe('a person who is removed', () => {
  test('is signed out everywhere at once, and gets in no more', async () => {
    const authenticator = new SoftAuthenticator();
    const page = new DeskClient(desk);
    await page.join(await invite('reception'), '鈴木', authenticator);
    const news = page.news();
    expect((await news.next()).value).toMatch(/^data: \{.*"name":"鈴木"/);
    const [, suzuki] = await people();
    expect((await remove(suzuki?.id ?? '')).status).toBe(204);
    await expect(drained(news)).resolves.toBe('over');
    expect((await page.get('/view')).status).toBe(401);
    expect((await page.signIn(authenticator)).body).toEqual({ reason: 'passkey' });
  });

  test('is never the last administrator', async () => {
    const [first] = await people();
    expect(await remove(first?.id ?? '')).toMatchObject({ status: 409, body: { reason: 'last-administrator' } });
    await new DeskClient(desk).join(await invite('administrator'), '副院長');
    expect((await remove(first?.id ?? '')).status).toBe(204);
    expect((await administrator.get('/view')).status).toBe(401);
  });
});

test('a sign-in ends after twelve hours', async () => {
  await clock.advance(12 * 3_600_000 - 1_000);
  expect((await administrator.get('/view')).status).toBe(200);
  await clock.advance(1_000);
  expect((await administrator.get('/view')).status).toBe(401);
});

test('the facility password is set by an administrator, and is 6 to 12 digits', async () => {
  for (const wrong of ['12345', '1234567890123', '12345a', '１２３４５６']) {
    expect((await administrator.post('/facility-password', Buffer.from(wrong))).status).toBe(400);
  }
  expect((await administrator.post('/facility-password', { digits: '246810' })).status).toBe(400);
  expect((await administrator.get('/people')).body).toMatchObject({ passwordSet: false });
  expect((await administrator.post('/facility-password', Buffer.from('246810'))).status).toBe(204);
  const verdict = await desk.password.verify(Buffer.from('246810'), new AbortController().signal);
  expect(expectOk(verdict)).toEqual({ at: 'right' });
});

async function drained(news: AsyncGenerator<string>): Promise<string> {
  try {
    for await (const _ of news);
  } catch {
    // A line that is cut shows as an error to whoever reads it.
  }
  return 'over';
}
