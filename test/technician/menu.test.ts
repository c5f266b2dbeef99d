import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import { parsePageMessage } from '../../src/kiosk/page-message.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { type MenuBench, openMenuBench, PASSWORD } from './menu-bench.ts';

let clock: SimulatedClock;
let bench: MenuBench;

beforeEach(() => {
  clock = createSimulatedClock();
  bench = openMenuBench({ clock });
});

afterEach(() => {
  bench.menu.close();
  bench.remove();
});

const MINUTE_MS = 60_000;
const names = () => bench.audited.map(({ name }) => name);

async function holdKeys(ms = 5_000): Promise<void> {
  bench.panel.key('*#', true);
  await clock.advance(ms);
  bench.panel.key('*#', false);
}

/** Waits for the hash, which real threads make. */
async function answered(): Promise<void> {
  while (bench.menu.view()?.at === 'password' && isChecking()) await new Promise((resolve) => setImmediate(resolve));
  await clock.advance(0);
}

function isChecking(): boolean {
  const view = bench.menu.view();
  return view?.at === 'password' && view.checking;
}

async function enter(digits = PASSWORD): Promise<void> {
  bench.panel.openCase();
  await holdKeys();
  bench.panel.type(`${digits}#`);
  await answered();
}

describe('the way in', () => {
  test('is the open case with * and # held for five seconds, and patients are kept out from then on', async () => {
    bench.panel.openCase();
    await holdKeys(4_999);
    expect(bench.menu.view()).toBeUndefined();
    await holdKeys();
    expect(bench.menu.view()).toMatchObject({ at: 'password', digits: 0, checking: false });
    expect(bench.rest.resting).toBe(true);
  });

  test('a patient at a closed case cannot ask, and keys that are not held together do not count', async () => {
    await holdKeys(60_000);
    bench.panel.openCase();
    bench.panel.key('*', true);
    await clock.advance(10_000);
    bench.panel.key('*', false);
    bench.panel.key('#', true);
    await clock.advance(10_000);
    expect(bench.menu.view()).toBeUndefined();
  });

  test('a case that is shut meanwhile ends the asking', async () => {
    bench.panel.openCase();
    bench.panel.key('*#', true);
    await clock.advance(4_000);
    bench.panel.openCase(false);
    await clock.advance(4_000);
    expect(bench.menu.view()).toBeUndefined();
  });

  test('nobody is asked for a password during a reception', async () => {
    bench.rest.busy = true;
    bench.panel.openCase();
    await holdKeys();
    expect(bench.menu.view()).toBeUndefined();
    expect(bench.audited).toEqual([]);
  });
});

describe('the password', () => {
  test('typed on the pad lets in, tests every part, and is audited', async () => {
    await enter();
    expect(bench.menu.view()).toMatchObject({ at: 'list', parts: [{ part: 'card-module' }, { part: 'network' }, {}] });
    expect(names()).toEqual(['technician.entered']);
    expect(bench.selfTester.last).toMatchObject({ passed: false });
  });

  test('typed on the screen lets in as well; 08 erases', async () => {
    bench.panel.openCase();
    await holdKeys();
    for (const digit of `9${PASSWORD}`) bench.menu.key(digit.charCodeAt(0));
    for (let erased = 0; erased <= PASSWORD.length; erased++) bench.menu.key(0x08);
    for (const digit of PASSWORD) bench.menu.key(digit.charCodeAt(0));
    expect(bench.menu.view()).toMatchObject({ digits: 8 });
    bench.menu.say({ say: 'enter-password' });
    await answered();
    expect(bench.menu.view()?.at).toBe('list');
  });

  test('that is wrong three times locks for ten minutes, also over a restart', async () => {
    for (const left of [2, 1]) {
      await enter('00000000');
      expect(bench.menu.view()).toMatchObject({ at: 'password', digits: 0, problem: { at: 'wrong', triesLeft: left } });
      bench.menu.say({ say: 'leave' });
    }
    await enter('00000000');
    expect(bench.menu.view()).toMatchObject({ problem: { at: 'locked', minutes: 10 } });
    expect(bench.audited.map((event) => 'reason' in event && event.reason)).toEqual(['wrong', 'wrong', 'locked']);
    bench.menu.close();
    bench = openMenuBench({ clock, folder: bench.folder });
    await enter();
    expect(bench.menu.view()).toMatchObject({ problem: { at: 'locked' } });
    bench.menu.say({ say: 'leave' });
    await clock.advance(11 * MINUTE_MS);
    await enter();
    expect(bench.menu.view()?.at).toBe('list');
  });

  test('too short a number is not compared, so it spends no try', async () => {
    await enter('1234567');
    expect(bench.menu.view()).toMatchObject({ at: 'password', digits: 7 });
    expect(bench.audited).toEqual([]);
  });

  test('a unit without one says so, and lets nobody in', async () => {
    bench.menu.close();
    bench = openMenuBench({ clock, withoutPassword: true });
    await enter();
    expect(bench.menu.view()).toMatchObject({ at: 'password', problem: { at: 'none' } });
    expect(names()).toEqual(['technician.refused']);
  });

  test('nobody types for a minute: the counter is open again', async () => {
    bench.panel.openCase();
    await holdKeys();
    await clock.advance(MINUTE_MS - 1);
    bench.menu.key(0x31);
    await clock.advance(MINUTE_MS - 1);
    expect(bench.menu.view()?.at).toBe('password');
    await clock.advance(2);
    expect([bench.menu.view(), bench.rest.resting]).toEqual([undefined, false]);
    expect(bench.audited).toEqual([]);
  });
});

describe('inside', () => {
  beforeEach(() => {
    bench = openMenuBench({ clock, anyPassword: true });
    return enter();
  });

  test('it closes itself after five minutes in which nobody touches anything', async () => {
    await clock.advance(5 * MINUTE_MS - 1);
    bench.menu.say({ say: 'look-at', part: 'network' });
    await clock.advance(5 * MINUTE_MS - 1);
    expect(bench.menu.view()?.at).toBe('part');
    await clock.advance(2);
    expect([bench.menu.view(), bench.rest.resting]).toEqual([undefined, false]);
    expect(bench.audited.at(-1)).toEqual({ name: 'technician.left', why: 'idle' });
  });

  test('a part can be looked at and tested again by itself', async () => {
    bench.menu.say({ say: 'look-at', part: 'network' });
    expect(bench.menu.view()).toMatchObject({ shown: { part: 'network', row: { ok: false, code: 'UNIT-954' } } });
    bench.menu.say({ say: 'again' });
    expect(bench.menu.view()).toMatchObject({ shown: { running: true } });
    await clock.advance(0);
    expect(bench.menu.view()).toMatchObject({ shown: { running: false } });
  });

  test('four corners touched: the touch screen works, and that is kept', async () => {
    bench.menu.say({ say: 'begin', test: 'touch' });
    for (const corner of [0, 1, 1, 2]) bench.menu.say({ say: 'touched', corner });
    expect(bench.menu.view()).toMatchObject({ step: { touched: [true, true, true, false] } });
    bench.menu.say({ say: 'touched', corner: 3 });
    expect(bench.menu.view()).toMatchObject({ at: 'list', byHand: [{ test: 'touch', works: true }, {}, {}, {}, {}] });
    expect(bench.audited.at(-1)).toEqual({ name: 'technician.tested', part: 'touch', works: true });
    bench.menu.close();
    bench = openMenuBench({ clock, folder: bench.folder });
    await enter();
    expect(bench.menu.view()).toMatchObject({ byHand: [{ test: 'touch', works: true }, {}, {}, {}, {}] });
  });

  test('each light is shown and judged; afterwards the ring shows the reader’s own', () => {
    bench.menu.say({ say: 'begin', test: 'lights' });
    for (let light = 0; light < 6; light++) bench.menu.say({ say: 'judge', works: true });
    expect(bench.panel.shown).toEqual(['ready', 'busy', 'your-turn', 'success', 'help', 'attention', 'attention']);
    expect(bench.audited.at(-1)).toMatchObject({ part: 'lights', works: true });
  });

  test('one sound that is not heard is enough to fail', () => {
    bench.menu.say({ say: 'begin', test: 'sounds' });
    bench.menu.say({ say: 'play' });
    bench.menu.say({ say: 'judge', works: true });
    bench.menu.say({ say: 'play' });
    bench.menu.say({ say: 'judge', works: false });
    expect(bench.panel.played).toEqual(['placed', 'success']);
    expect(bench.audited.at(-1)).toMatchObject({ part: 'sounds', works: false });
  });

  test('the pad works when all twelve keys were felt, and not before', () => {
    bench.menu.say({ say: 'begin', test: 'pad' });
    bench.panel.type('123456789*0');
    expect(bench.menu.view()).toMatchObject({ at: 'hand', step: { pressed: [...'123456789*0'] } });
    bench.panel.type('#');
    expect(bench.audited.at(-1)).toMatchObject({ part: 'pad', works: true });
  });

  test('a test card is looked at without a PIN; one that cannot be read is told of and may be placed again', async () => {
    bench.menu.say({ say: 'begin', test: 'test-card' });
    const good = bench.card.answers;
    bench.card.answers = failed('CARD-102');
    bench.card.tell({ type: 'placed' });
    await clock.advance(0);
    expect(bench.menu.view()).toMatchObject({ step: { card: { at: 'failed', code: 'CARD-102' } } });
    bench.card.tell({ type: 'removed' });
    bench.card.answers = good;
    bench.card.tell({ type: 'placed' });
    await clock.advance(0);
    expect(bench.menu.view()?.at).toBe('list');
    expect(bench.audited.at(-1)).toMatchObject({ part: 'test-card', works: true });
    expect([bench.card.surveys, bench.card.released]).toEqual([2, 1]);
  });

  test('the second UART is offered where one is wired, and says what it read or why not', async () => {
    expect(bench.menu.view()).not.toMatchObject({ byHand: expect.arrayContaining([{ test: 'second-uart', works: undefined }]) });
    bench.menu.close();
    let answer = failed('MOD-201') as Result<string>;
    bench = openMenuBench({ clock, anyPassword: true, secondUart: async () => answer });
    await enter();
    bench.menu.say({ say: 'begin', test: 'second-uart' });
    expect(bench.menu.view()).toMatchObject({ step: { card: { at: 'reading' } } });
    await clock.advance(0);
    expect(bench.menu.view()).toMatchObject({ step: { card: { at: 'failed', code: 'MOD-201' } } });
    bench.menu.say({ say: 'back' });
    answer = ok('GemPC Twin: 5 times, 180 ms each');
    bench.menu.say({ say: 'begin', test: 'second-uart' });
    await clock.advance(0);
    expect(bench.menu.view()).toMatchObject({ step: { card: { at: 'read' } } });
    bench.menu.say({ say: 'judge', works: true });
    expect(bench.audited.at(-1)).toMatchObject({ part: 'second-uart', works: true });
  });

  test('leaving a test half way keeps nothing of it', () => {
    bench.menu.say({ say: 'begin', test: 'lights' });
    bench.menu.say({ say: 'back' });
    expect(bench.panel.shown.at(-1)).toBe('attention');
    expect(names()).toEqual(['technician.entered']);
  });

  test('the sheet names the desk', () => {
    bench.menu.say({ say: 'show-sheet' });
    expect(bench.menu.view()).toEqual({ at: 'sheet', deskUrl: 'https://kz000001.local:7413' });
  });

  test('the desk’s code stands there until the first administrator has joined', () => {
    const { url, fingerprint } = bench.desk;
    bench.menu.say({ say: 'show-desk' });
    expect(bench.menu.view()).toEqual({ at: 'desk', desk: { url, fingerprint, setupCode: 'ABCDE-FGHJK' } });
    bench.desk.setupCode = undefined;
    expect(bench.menu.view()).toEqual({ at: 'desk', desk: { url, fingerprint, setupCode: undefined } });
    bench.menu.say({ say: 'back' });
    expect(bench.menu.view()?.at).toBe('list');
  });

  test('leaving lets patients in again and is audited', () => {
    bench.menu.say({ say: 'leave' });
    expect([bench.menu.view(), bench.rest.resting]).toEqual([undefined, false]);
    expect(bench.audited.at(-1)).toEqual({ name: 'technician.left', why: 'done' });
  });

  test('a menu that is closed listens to nobody', () => {
    bench.menu.close();
    expect(bench.panel.listeners).toBe(0);
    expect(bench.audited.at(-1)).toEqual({ name: 'technician.left', why: 'closed' });
  });
});

describe('what the page may say', () => {
  const said = (intent: unknown) => parsePageMessage(JSON.stringify({ type: 'technician', intent }));

  test.each([
    { say: 'look-at', part: 'board' },
    { say: 'begin', test: 'second-uart' },
    { say: 'touched', corner: 3 },
    { say: 'judge', works: false },
    { say: 'leave' },
  ])('$say', (intent) => expect(said(intent)).toEqual({ type: 'technician', intent }));

  test.each([
    { say: 'look-at', part: '__proto__' },
    { say: 'begin', test: 'everything' },
    { say: 'touched', corner: 4 },
    { say: 'judge', works: 'yes' },
    { say: 'leave', more: 1 },
    { say: 'open' },
    null,
  ])('and nothing else: %j', (intent) => expect(said(intent)).toBeUndefined());

  test('none of it does anything before the password', async () => {
    bench.panel.openCase();
    await holdKeys();
    for (const intent of [{ say: 'begin', test: 'lights' }, { say: 'again' }, { say: 'show-desk' }, { say: 'back' }] as const)
      bench.menu.say(intent);
    expect(bench.menu.view()).toMatchObject({ at: 'password' });
    expect([bench.panel.shown, bench.selfTester.last]).toEqual([[], undefined]);
  });
});
