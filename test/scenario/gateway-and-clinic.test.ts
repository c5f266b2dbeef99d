import { describe, expect, test } from 'vitest';
import { useCounter } from './use-counter.ts';

/** What lies behind the reader fails. */
const the = useCounter();

describe('the gateway', () => {
  test('is down before the reception: told before anybody is asked for a PIN', async () => {
    the.counter.bench.gateway.controls.mode = 'down';
    await the.counter.placeCard('adult');
    await the.counter.seesFault('GATE-501');
    expect(the.counter.pinVerifies()).toBe(0);
    the.counter.bench.gateway.controls.mode = 'normal';
    await the.counter.servesTheNext();
  });

  test('goes down before the query', async () => {
    await the.counter.provesByPin('adult');
    the.counter.bench.gateway.controls.mode = 'down';
    the.counter.agree();
    await the.counter.seesFault('GATE-501');
    expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
    the.counter.bench.gateway.controls.mode = 'normal';
    await the.counter.servesTheNext();
  });

  test('is too slow', async () => {
    await the.counter.provesByPin('adult');
    the.counter.bench.gateway.controls.eligibilityMs = 600_000;
    the.counter.agree();
    await the.counter.seesFault('GATE-502', 31_000);
    expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
    the.counter.bench.gateway.controls.eligibilityMs = 0;
    await the.counter.servesTheNext();
  });

  test.each(['not-json', 'wrong-schema', 'other-reception', 'too-large', 'too-deep'] as const)(
    'answers nonsense: %s',
    async (mode) => {
      await the.counter.provesByPin('adult');
      the.counter.bench.gateway.controls.mode = mode;
      the.counter.agree();
      await the.counter.seesFault('GATE-503');
      expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
      the.counter.bench.gateway.controls.mode = 'normal';
      await the.counter.servesTheNext();
    },
  );

  test.each([
    ['certificate-expired', 'GATE-505'],
    ['certificate-revoked', 'GATE-506'],
  ] as const)('refuses a card: %s', async (persona, code) => {
    await the.counter.placeCard(persona);
    await the.counter.sees('choosing');
    the.counter.choose('pin');
    the.counter.enterPin('1234');
    await the.counter.seesFault(code);
    expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
    await the.counter.servesTheNext();
  });

  test.each([
    ['lost-eligibility', 'ELIG-602'],
    ['not-found', 'ELIG-601'],
  ] as const)('has no valid eligibility: %s is told to the clinic, and does not look like a success', async (persona, code) => {
    await the.counter.provesByFace(persona);
    the.counter.agree();
    await the.counter.seesFault(code);
    expect(the.counter.recorded()).toEqual([{ outcome: code, method: 'face' }]);
    expect(the.counter.audited()).not.toContain('reception.accepted');
    expect(the.counter.resultFiles()).toHaveLength(1);
    await the.counter.servesTheNext();
  });
});

describe('the clinic’s folder', () => {
  test('is lost between record and rename: screen and record agree that nothing was handed over', async () => {
    await the.counter.provesByPin('adult');
    the.counter.beforePublish = () => the.counter.removeClinicFolder();
    the.counter.agree();
    await the.counter.seesFault('REC-702');
    expect(the.counter.recorded()).toEqual([{ outcome: 'REC-702', method: 'pin' }]);
    expect(the.counter.audited().slice(-2)).toEqual(['reception.ended', 'reception.stopped']);
  });

  test('is gone: no success is shown, and nothing is recorded as one', async () => {
    await the.counter.provesByPin('adult');
    the.counter.removeClinicFolder();
    the.counter.agree();
    await the.counter.seesFault('REC-702');
    expect(the.counter.recorded()).toEqual([]);
  });
});
