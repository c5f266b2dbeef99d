/** The runner where parts fail in ways that no bench part does: too late, by a defect, or in their listeners. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failed, ok } from '../../src/faults/result.ts';
import { noFrames, ReaderBench } from './reader-bench.ts';

let bench: ReaderBench;
beforeEach(() => {
  bench = new ReaderBench();
});
afterEach(() => bench.reader.close());

test('a camera that fails after the patient turned to the PIN does not call the recording a failure', async () => {
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  await bench.sees('matching-face');
  await bench.reachRecording();
  bench.captures[0]?.reject(new Error('the camera’s own defect'));
  await bench.sees('recording');
  expect(bench.defects).toHaveLength(1);
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  expect(bench.committed).toEqual(['reception result.xml']);
});

test('the answer of an attempt that was given up is not taken for the next one’s', async () => {
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  bench.reader.intent({ type: 'choose', method: 'pin' });
  bench.reader.intent({ type: 'choose', method: 'face' });
  bench.captures[0]?.resolve(failed('FACE-405'));
  await bench.sees('matching-face');
});

test('what cannot be recorded is no success', async () => {
  bench.commitFails = true;
  await bench.placeCard();
  await bench.reachConsent();
  bench.refuseAll();
  await bench.sees('stopped');
  expect(bench.reader.state).toMatchObject({ code: 'REC-701' });
  expect(bench.committed).toEqual([]);
});

test('what happened is recorded with the time at which it happened, not at which it was written', async () => {
  const placedMs = bench.clock.now();
  await bench.placeCard();
  await bench.clock.advance(4_000);
  await bench.reachRecording();
  bench.handingOver.resolve('will-be-handed-over');
  await bench.sees('done');
  expect(bench.noted.map(({ event, atMs }) => [event.name, atMs - placedMs])).toEqual([
    ['reception.started', 0],
    ['pin.right', 4_000],
    ['identity.proved', 4_000],
    ['consent.given', 4_000],
    ['reception.accepted', 4_000],
  ]);
  expect(bench.noted.map(({ wall }) => wall.getTime() - (bench.noted[0]?.wall.getTime() ?? 0))).toEqual([
    0, 4_000, 4_000, 4_000, 4_000,
  ]);
});

test('the light calls staff while results wait, but not during a reception', async () => {
  bench.waitsFor = 'folder-missing';
  bench.tellClinic();
  expect(bench.lights.at(-1)).toBe('attention');
  await bench.placeCard();
  expect(bench.lights.at(-1)).toBe('your-turn');
  bench.tellCard({ type: 'removed' });
  await bench.clock.advance(8_000);
  expect(bench.lights.at(-1)).toBe('attention');
  bench.waitsFor = undefined;
  bench.tellClinic();
  expect(bench.lights.at(-1)).toBe('ready');
});

test('what is personal is let go as soon as success shows, also when the card went before', async () => {
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  await bench.sees('matching-face');
  bench.captures[0]?.resolve(ok((async function* () {})()));
  await bench.sees('asking');
  bench.refuseAll();
  await bench.sees('recording');
  bench.tellCard({ type: 'removed' });
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  expect(bench.closedFaces).toBe(1);
  await bench.clock.advance(5_000);
  await bench.sees('idle');
});

test('a listener’s defect is bench.told of, and the reception goes on', async () => {
  bench.reader.onChange(() => {
    throw new Error('a page’s own defect');
  });
  await bench.placeCard();
  expect(bench.defects).not.toEqual([]);
});

test('a front that cannot be read is typed by staff: the digits reach the card once and are wiped', async () => {
  bench.frontUnreadable = true;
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  bench.captures[0]?.resolve(ok(noFrames));
  await bench.sees('stopped');
  expect(bench.reader.state).toMatchObject({ code: 'CARD-108', offers: ['pin', 'type-code', 'visual', 'staff'] });
  bench.reader.intent({ type: 'type-code' });
  for (const digit of Buffer.from('55021720352285')) bench.reader.pinKey(digit);
  expect(bench.reader.state).toMatchObject({ at: 'typing-code', digits: 14 });
  bench.reader.intent({ type: 'continue' });
  bench.captures[1]?.resolve(ok(noFrames));
  await bench.sees('asking');
  expect(bench.portraits).toEqual([undefined, '55021720352285']);
  expect([...(bench.typedBuffers[0] ?? [])].every((byte) => byte === 0)).toBe(true);
});

test('the facility password goes to staff as bytes, once, and is wiped', async () => {
  await bench.placeCard();
  bench.reader.intent({ type: 'ask-staff' });
  for (const digit of Buffer.from('246813')) bench.reader.pinKey(digit);
  bench.reader.intent({ type: 'continue' });
  await bench.sees('asking');
  expect(bench.reader.state).toMatchObject({ method: 'visual' });
  expect(bench.typedPasswords).toEqual(['246813']);
  bench.refuseAll();
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  expect(bench.noted.map(({ event }) => event)).toContainEqual({
    name: 'visual.approved',
    receptionId: 'reception',
    approver: 'counter',
  });
});

test('the desk approves the reception that is there, and no other, and not a second time', async () => {
  await bench.placeCard();
  expect(bench.reader.approve('another', 'somebody')).toMatchObject({ fault: { code: 'STAFF-854' } });
  expect(bench.reader.approve('reception', 'somebody')).toEqual(ok());
  expect(bench.reader.approve('reception', 'somebody')).toMatchObject({ fault: { code: 'STAFF-854' } });
  await bench.sees('asking');
});

test('a card that is taken before the consents: the eligibility is recorded, with nothing agreed to', async () => {
  await bench.placeCard();
  await bench.reachConsent();
  bench.tellCard({ type: 'removed' });
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  expect(bench.reader.state).toMatchObject({
    cardGone: true,
    cutShort: true,
    given: { asked: ['medicines', 'checkups'], consents: [] },
  });
});

test('the next patient does not wait for the screen of the one before', async () => {
  await bench.placeCard();
  await bench.reachRecording();
  bench.tellCard({ type: 'removed' });
  bench.tellCard({ type: 'placed' });
  await bench.sees('recording');
  bench.handingOver.resolve('handed-over');
  await bench.sees('choosing');
  expect(bench.committed).toHaveLength(1);
});

test('an outage keeps who it was and what was answered, to be asked again', async () => {
  bench.eligibility = failed('GATE-502');
  await bench.placeCard();
  await bench.reachConsent();
  bench.reader.intent({ type: 'answer', answer: { to: 'consent', items: ['medicines'] } });
  await bench.sees('pending');
  expect(bench.pending).toMatchObject([
    {
      receptionId: 'reception',
      method: 'pin',
      code: 'GATE-502',
      given: { asked: ['medicines', 'checkups'], consents: ['medicines'] },
    },
  ]);
  expect(bench.noted.at(-1)?.event).toEqual({ name: 'reception.pending', receptionId: 'reception', code: 'GATE-502' });
  expect(bench.committed).toEqual([]);
});

test('a page that is lost ends what nobody can answer, and lets what is being recorded be finished', async () => {
  await bench.placeCard();
  bench.reader.pageLost();
  expect(bench.reader.state).toMatchObject({ at: 'stopped', code: 'SYS-903' });
  bench.tellCard({ type: 'removed' });
  await bench.placeCard();
  await bench.reachRecording();
  bench.reader.pageLost();
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
});
