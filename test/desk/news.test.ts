import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { asking, busyReceptions } from './busy-morning.ts';
import { DeskClient } from './desk-client.ts';
import { expectOk, type ServedDesk, serveDesk } from './serve-desk.ts';

let clock: SimulatedClock;
let desk: ServedDesk;
let client: DeskClient;

beforeEach(async () => {
  clock = createSimulatedClock({ wall: new Date() });
  desk = await serveDesk(clock);
  client = new DeskClient(desk);
  expectOk(await desk.password.set(Buffer.from('246810')));
  await client.signInByPassword('佐藤', '246810');
});
afterEach(async () => {
  await client.close();
  await desk.close();
});

const next = async (news: AsyncGenerator<string>) => String((await news.next()).value);
const viewIn = (event: string) => JSON.parse(event.slice('data: '.length));

describe('the news', () => {
  test('come at once, and after every change', async () => {
    const news = client.news();
    expect(viewIn(await next(news))).toMatchObject({ you: { name: '佐藤' }, now: { state: 'idle' }, receptions: [] });
    desk.source.show({ now: asking });
    desk.source.show({ receptions: busyReceptions('p-unknown') });
    await clock.advance(100);
    const both = viewIn(await next(news));
    expect(both).toMatchObject({ now: { state: 'asking-staff', approvable: 'r-9' }, names: {} });
    expect(both.receptions).toHaveLength(7);
  });

  test('beat while nothing happens', async () => {
    const news = client.news();
    await next(news);
    await clock.advance(15_000);
    expect(await next(news)).toBe('event: beat\ndata: -\n\n');
  });

  test('end when their person signs out, and nothing listens any more', async () => {
    const news = client.news();
    await next(news);
    expect(desk.source.listeners).toBe(1);
    await client.post('/sign-out');
    await expect(news.next()).rejects.toThrow();
    await eventually(() => expect(desk.source.listeners).toBe(0));
  });

  test('go to twenty pages at most', async () => {
    const pages = Array.from({ length: 20 }, () => client.news());
    for (const page of pages) await next(page);
    expect(await client.get('/news')).toMatchObject({ status: 429, body: { reason: 'too-many' } });
    await pages[0]?.return(undefined);
    await eventually(async () => expect(desk.source.listeners).toBe(19));
    expect(viewIn(await next(client.news()))).toMatchObject({ now: { state: 'idle' } });
  });

  test('name approvers that the desk knows', async () => {
    const { you } = (await client.get('/view')).body as { you: { id: string } };
    desk.source.show({ receptions: busyReceptions(you.id) });
    expect((await client.get('/view')).body).toMatchObject({ names: { [you.id]: '佐藤' } });
  });
});
