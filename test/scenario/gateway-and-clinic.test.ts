import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createReaderSource } from '../../src/kiosk/reader-source.ts';
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

  test('goes down before the query: the outage slip, and the result comes once it is back', async () => {
    await the.counter.provesByPin('adult');
    the.counter.bench.gateway.controls.mode = 'down';
    the.counter.agree();
    expect(await the.counter.sees('pending')).toMatchObject({ code: 'GATE-501' });
    await comesLater(() => {
      the.counter.bench.gateway.controls.mode = 'normal';
    });
  });

  test('is too slow', async () => {
    await the.counter.provesByPin('adult');
    the.counter.bench.gateway.controls.eligibilityMs = 120_000;
    the.counter.agree();
    expect(await the.counter.sees('pending', 31_000)).toMatchObject({ code: 'GATE-502' });
    await comesLater(() => {
      the.counter.bench.gateway.controls.eligibilityMs = 0;
    });
  });

  test.each(['not-json', 'wrong-schema', 'other-reception', 'too-large', 'too-deep'] as const)(
    'answers nonsense: %s',
    async (mode) => {
      await the.counter.provesByPin('adult');
      the.counter.bench.gateway.controls.mode = mode;
      the.counter.agree();
      expect(await the.counter.sees('pending')).toMatchObject({ code: 'GATE-503' });
      await comesLater(() => {
        the.counter.bench.gateway.controls.mode = 'normal';
      });
    },
  );

  /** Nothing counts yet; the next patient is served; then both results are with the clinic. */
  async function comesLater(end: () => void): Promise<void> {
    expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
    end();
    await the.counter.servesTheNext();
    the.counter.takeCard();
    await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 2, 600_000);
    expect(the.counter.recorded()).toEqual([accepted, accepted]);
  }

  test('a certificate in its months of grace: the eligibility alone comes, and nothing is asked', async () => {
    await the.counter.comesToChoose('certificate-grace');
    the.counter.choose('pin');
    the.counter.enterPin('1234');
    await the.counter.sees('qualification-only');
    the.counter.touch({ type: 'continue' });
    await the.counter.sees('done');
    const xml = the.counter.clinicFile(the.counter.resultFiles()[0] ?? '');
    expect(xml).toContain('<QualificationValidity>1</QualificationValidity>');
    expect(xml).not.toContain('ConsFlg');
  });

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
    ['lost-eligibility', 'asking', 'ELIG-602'],
    // There is nothing that could be asked for.
    ['not-found', 'querying', 'ELIG-601'],
  ] as const)(
    'has no valid eligibility: %s is told to the clinic, and does not look like a success',
    async (persona, at, code) => {
      await the.counter.comesToChoose(persona);
      the.counter.choose('face');
      await the.counter.sees(at);
      if (at === 'asking') the.counter.agree();
      await the.counter.seesFault(code);
      expect(the.counter.recorded()).toEqual([{ outcome: code, method: 'face' }]);
      expect(the.counter.audited()).not.toContain('reception.accepted');
      expect(the.counter.resultFiles()).toHaveLength(1);
      await the.counter.servesTheNext();
    },
  );
});

describe('the clinic’s folder', () => {
  /** What is done to the folder, what undoes it, and why results then wait. */
  const troubles = [
    {
      trouble: 'missing',
      reason: 'folder-missing',
      begin: (folder: string) => run('mv', folder, `${folder}-away`),
      end: (folder: string) => renameSync(`${folder}-away`, folder),
    },
    {
      trouble: 'full',
      reason: 'folder-full',
      begin(folder: string) {
        const small = mounted(folder);
        if (small) writeFileSync(join(folder, 'filler'), Buffer.alloc(64 * 1024));
        return small;
      },
      end: (folder: string) => rmSync(join(folder, 'filler')),
    },
    {
      trouble: 'read-only',
      reason: 'folder-read-only',
      begin: (folder: string) => mounted(folder) && run('mount', '-o', 'remount,ro', folder),
      end: (folder: string) => run('mount', '-o', 'remount,rw', folder),
    },
  ] as const;

  test.for(troubles)(
    'is $trouble: who came is received and recorded, and the results come later in order',
    async (one, context) => {
      const { counter } = the;
      const { reader, clinic, clinicFolder } = counter;
      const { camera } = counter.bench;
      const staff = counter.staff.port;
      const kiosk = createReaderSource({ reader, clinic, staff, camera, faceReady: () => true, simulated: ['gateway'] });
      if (!one.begin(clinicFolder)) return context.skip('a small disk can only be mounted by root');
      try {
        await receivedThough('adult');
        await receivedThough('rare-name');
        expect(counter.recorded()).toEqual([accepted, accepted]);
        expect([kiosk.snapshot().waitsFor, counter.bench.panel.light]).toEqual([one.reason, 'attention']);
        expect(counter.audited().filter((name) => name === 'reception.accepted')).toHaveLength(2);
        one.end(clinicFolder);
        await counter.clock.runUntil(() => counter.clinic.waitsFor() === undefined && counter.handedOver.length === 2, 61_000);
        expect([kiosk.snapshot().waitsFor, counter.bench.panel.light]).toEqual([undefined, 'ready']);
        const results = counter.handedOver.map((name) => counter.clinicFile(name));
        expect(results.map((xml) => /<Name>(.*)<\/Name>/.exec(xml)?.[1])).toEqual(['見本　花子', '髙﨑　澪']);
        for (const xml of results) expect(xml).toContain('SIMULATED');
        await counter.servesTheNext();
      } finally {
        spawnSync('umount', [clinicFolder]);
      }
    },
  );
});

const accepted = { outcome: 'accepted', method: 'pin' };

/** To the patient it is the same success, which says that the result comes later. */
async function receivedThough(persona: string): Promise<void> {
  await the.counter.provesByPin(persona);
  the.counter.agree();
  expect(await the.counter.sees('done')).toMatchObject({ handOver: 'will-be-handed-over' });
  the.counter.takeCard();
  await the.counter.sees('idle');
}

const run = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const mounted = (folder: string) => run('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
