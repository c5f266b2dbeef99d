/** The sheet as an administrator saves it at the desk. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DeskClient } from '../desk/desk-client.ts';
import { type ServedDesk, serveDesk } from '../desk/serve-desk.ts';

describe('at the desk', () => {
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

  test('an administrator saves it as a file, and that is noted', async () => {
    await client.join(desk.server.setupCode() ?? '', '院長');
    desk.audited.length = 0;
    const { status, headers, body } = await client.get('/evidence.html');
    expect({ status, body }).toEqual({ status: 200, body: '<!doctype html><title>証跡シート</title>' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="evidence-KZ000001-\d{4}-\d\d-\d\d\.html"$/);
    expect(desk.audited).toMatchObject([{ name: 'desk.evidence-saved' }]);
  });

  test('nobody else does', async () => {
    expect(await client.get('/evidence.html')).toMatchObject({ status: 401, body: { reason: 'signed-out' } });
    await desk.password.set(Buffer.from('246810'));
    await client.signInByPassword('受付', '246810');
    expect(await client.get('/evidence.html')).toMatchObject({ status: 403, body: { reason: 'role' } });
    expect(desk.audited.filter(({ name }) => name === 'desk.evidence-saved')).toEqual([]);
  });
});
