import { expect, test } from 'vitest';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult } from './result-file.ts';

/** Cards whose certificate, or which themselves, are near their end or past it; and the hours in which nothing new can be had. */
const the = useCounter();

const allDay = [{ part: 'jpki', from: '00:00', until: '23:59' }] as const;

test('31 not registered, during JPKI maintenance: only today’s registration stops, and whoever is registered passes', async () => {
  const { bench } = the.counter;
  bench.gateway.controls.maintenance = allDay;
  await the.counter.comesToChoose('unregistered');
  the.counter.choose('face');
  await the.counter.seesFault('GATE-509');
  expect(the.counter.shown).not.toContain('offering-registration');
  expect(the.counter.screen()).toMatchObject({ at: 'stopped', code: 'GATE-509', offers: ['staff', 'take-card'] });
  expect(bench.panel.light).toBe('help');
  expectNothingLeft(the.counter);
  expect(bench.gateway.people().find(({ personaId }) => personaId === 'unregistered')?.channel).toBeNull();
  await the.counter.servesTheNext();
});

test('31 a renewed card at its first use, during JPKI maintenance: it waits until the maintenance is over, and only once', async () => {
  const { controls } = the.counter.bench.gateway;
  controls.maintenance = allDay;
  await the.counter.comesToChoose('renewed-card');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.seesFault('GATE-509');
  expectNothingLeft(the.counter);
  await the.counter.leaves();
  controls.maintenance = [];
  await the.counter.provesByPin('renewed-card');
  await the.counter.agrees();
  await the.counter.leaves();
  controls.maintenance = allDay;
  await the.counter.provesByPin('renewed-card');
  await the.counter.agrees();
  expect(the.counter.recorded()).toEqual([accepted('pin'), accepted('pin')]);
});

test('32 certificate that ends within three months: received as always, and patient, desk and file are told of its end', async () => {
  await the.counter.provesByFace('certificate-ending');
  await the.counter.agrees();
  expect(the.counter.screen()).toMatchObject({ at: 'done', validity: '1', certificateDays: 45 });
  expect(the.counter.desk.receptions(1)).toMatchObject([{ outcome: 'accepted', method: 'face', certificateDays: 45 }]);
  const { text, flags } = lastResult(the.counter);
  expect(text('QualificationValidity')).toBe('1');
  expect(text('ProcessingResultMessage')).toContain('更新時期');
  expect(flags).toEqual({ YZK: '1', SRJ: '0', SHJ: '0' });
});

test('33 certificate in its months of grace: the qualification alone, nothing medical is asked or handed over', async () => {
  await the.counter.comesToChoose('certificate-grace');
  the.counter.choose('face');
  await the.counter.sees('qualification-only');
  expect(the.counter.screen()).toEqual({ at: 'qualification-only' });
  the.counter.touch({ type: 'continue' });
  await the.counter.sees('done');
  expect(the.counter.shown).not.toContain('asking');
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', outcome: 'accepted', given: { asked: [], consents: [] } });
  const { text, flags } = lastResult(the.counter);
  expect(text('QualificationValidity')).toBe('1');
  expect(flags).toEqual({});
  // Ended 45 days before 1 April 2026; the grace is February's rest and three months.
  expect(the.counter.desk.receptions(1)).toMatchObject([{ certificateDays: -45, graceDays: 60 }]);
});

test('35 expired card: refused whatever the way, with what to do today, and nothing is left of it', async () => {
  await the.counter.comesToChoose('card-expired');
  the.counter.choose('face');
  await the.counter.seesFault('GATE-511');
  await the.counter.leaves();
  await the.counter.comesToChoose('card-expired');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.seesFault('GATE-511');
  expect(the.counter.screen()).toMatchObject({ offers: ['staff', 'take-card'] });
  expectNothingLeft(the.counter);
  await the.counter.servesTheNext();
});

/** Last in this file: the calendar, which all its tests share, goes on by two months. */
test('34 the last evening of the grace is accepted, the next morning is not', async () => {
  const { clock } = the.counter;
  // Issued on 1 April, when its certificate had ended in February: the grace runs to the end of May.
  await the.counter.comesToChoose('certificate-grace');
  await the.counter.leaves();
  clock.setWall(new Date('2026-05-31T23:59:30+09:00'));
  await the.counter.comesToChoose('certificate-grace');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.sees('qualification-only');
  the.counter.touch({ type: 'continue' });
  await the.counter.sees('done');
  expect(lastResult(the.counter).text('QualificationConfirmationDate')).toBe('20260531');
  await the.counter.leaves();
  await clock.advance(Date.parse('2026-06-01T00:00:00+09:00') - clock.wall().getTime());
  await the.counter.comesToChoose('certificate-grace');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.seesFault('GATE-505');
  expect(the.counter.recorded()).toEqual([accepted('pin')]);
  expect(the.counter.resultFiles()).toHaveLength(1);
});

const accepted = (method: string) => ({ outcome: 'accepted', method });
