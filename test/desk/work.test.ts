import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed } from '../../src/faults/result.ts';
import { asking } from './busy-morning.ts';
import { DeskClient } from './desk-client.ts';
import { type ServedDesk, serveDesk } from './serve-desk.ts';

let desk: ServedDesk;
let client: DeskClient;

beforeEach(async () => {
  desk = await serveDesk();
  client = new DeskClient(desk);
  await client.join(desk.server.setupCode() ?? '', '院長');
  desk.audited.length = 0;
});
afterEach(async () => {
  await client.close();
  await desk.close();
});

const handle = async () => ((await client.get('/view')).body as { you: { id: string } }).you.id;

describe('目視確認', () => {
  test('is approved in the name of whoever is signed in', async () => {
    desk.source.show({ now: asking });
    expect((await client.post('/approve', { receptionId: 'r-9' })).status).toBe(204);
    const person = await handle();
    expect(desk.source.approvals).toEqual([{ receptionId: 'r-9', approver: person }]);
    expect(desk.audited).toEqual([{ name: 'desk.approved', person, receptionId: 'r-9', approved: true }]);
  });

  test('is refused for a reception that is over, and that is noted too', async () => {
    desk.source.show({ now: asking });
    expect(await client.post('/approve', { receptionId: 'r-8' })).toMatchObject({ status: 409, body: { reason: 'over' } });
    expect(desk.audited).toMatchObject([{ name: 'desk.approved', receptionId: 'r-8', approved: false }]);
  });
});

describe('the characters behind ●', () => {
  test('are given to whoever asks, kept by no one, and noted without them', async () => {
    desk.source.glyphsOf.set('r-8', { namePng: Buffer.of(1, 2, 3), replaced: [{ path: 'XmlMsg/Name', text: '髙橋　𠮷子' }] });
    const { body, headers } = await client.post('/glyphs', { receptionId: 'r-8' });
    expect(body).toEqual({ namePngBase64: 'AQID', replaced: [{ path: 'XmlMsg/Name', text: '髙橋　𠮷子' }] });
    expect(headers['cache-control']).toBe('no-store');
    expect(desk.audited).toEqual([{ name: 'desk.glyphs-seen', person: await handle(), receptionId: 'r-8' }]);
  });

  test('are gone when the reader has forgotten them', async () => {
    expect(await client.post('/glyphs', { receptionId: 'r-8' })).toMatchObject({ status: 404, body: { reason: 'gone' } });
    expect(desk.audited).toEqual([]);
  });
});

describe('an administrator', () => {
  const settings = { consentItems: ['surgery'], visual: false, disaster: true, pad: 'in-order' } as const;

  test('changes the settings, which every page sees', async () => {
    expect((await client.post('/settings', settings)).status).toBe(204);
    expect((await client.get('/view')).body).toMatchObject({ settings });
    expect(desk.audited).toEqual([{ name: 'desk.settings-changed', person: await handle(), settings }]);
  });

  test.each([
    { ...settings, consentItems: ['surgery', 'surgery'] },
    { ...settings, consentItems: ['income'] },
    { ...settings, pad: 'hidden' },
    { ...settings, more: 1 },
  ])('changes nothing with settings that are none: %#', async (wrong) => {
    expect((await client.post('/settings', wrong)).status).toBe(400);
    expect(desk.source.changes).toEqual([]);
  });

  test('takes the audit log away as a file', async () => {
    const { status, body, headers } = await client.post('/audit-export');
    expect({ status, body }).toEqual({ status: 200, body: 'an audit log' });
    expect(headers['content-disposition']).toBe('attachment; filename="audit-KZ000001.sqlite"');
    expect(desk.audited).toMatchObject([{ name: 'desk.audit-exported' }]);
  });

  test('hears when it cannot be read', async () => {
    desk.source.exportAnswer = failed('REC-701');
    expect(await client.post('/audit-export')).toMatchObject({ status: 503, body: { reason: 'not-kept' } });
    expect(desk.audited).toEqual([]);
  });
});

test('a defect of the reader is told of without its words', async () => {
  desk.source.approve = () => {
    throw new Error('a broken invariant');
  };
  expect(await client.post('/approve', { receptionId: 'r-9' })).toMatchObject({ status: 500, body: { reason: 'defect' } });
  expect(desk.defects).toEqual([new Error('a broken invariant')]);
});
