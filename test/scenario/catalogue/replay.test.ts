/** N11: what happened at a counter can be told again from its log, and the log tells of nobody. */
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { birthOn } from '../../../src/bench/persona.ts';
import { personaById } from '../../../src/bench/personas.ts';
import { type ReplayStep, replayReception } from '../../../src/records/audit-replay.ts';
import { Counter } from '../counter.ts';
import { FACILITY_PASSWORD, type FaceWorker, startFaceWorker } from '../counter-parts.ts';

let face: FaceWorker;
beforeAll(async () => {
  // What is drawn by lot is here drawn alike: pauses between attempts, and the side to turn to.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  face = startFaceWorker((length) => new Uint8Array(length));
  await face.ready(new AbortController().signal);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await face.close();
});

const scenarios: readonly { title: string; persona: string; run(counter: Counter): Promise<unknown> }[] = [
  {
    title: 'a face match, all agreed to',
    persona: 'adult',
    async run(counter) {
      await counter.provesByFace('adult');
      await counter.agrees();
    },
  },
  {
    title: 'three wrong PINs, then staff by eye',
    persona: 'man-of-70',
    async run(counter) {
      await counter.comesToChoose('man-of-70');
      counter.choose('pin');
      await counter.entersWrongPin('9990');
      counter.enterPin('9991');
      await counter.sees('warning-last-try');
      counter.touch({ type: 'continue' });
      counter.enterPin('9992');
      await counter.seesFault('PIN-302');
      counter.touch({ type: 'ask-staff' });
      counter.enterPassword();
      await counter.sees('asking');
      counter.answerAll();
      await counter.sees('done');
    },
  },
  {
    title: 'registration, then no answer in time',
    persona: 'unregistered',
    async run(counter) {
      await counter.comesToChoose('unregistered');
      counter.choose('pin');
      counter.enterPin('1234');
      await counter.sees('offering-registration');
      counter.touch({ type: 'register' });
      await counter.sees('asking');
      counter.bench.gateway.controls.eligibilityMs = 600_000;
      counter.answerAll();
      await counter.sees('pending');
      await counter.leaves();
    },
  },
  {
    title: 'a card pulled before the consent',
    persona: 'rare-name',
    async run(counter) {
      await counter.provesByPin('rare-name');
      counter.takeCard();
      await counter.sees('done');
    },
  },
  {
    title: 'a card left behind',
    persona: 'elderly-two-tenths',
    async run(counter) {
      await counter.provesByPin('elderly-two-tenths');
      counter.answerAll();
      await counter.sees('take-card');
      await counter.clock.advance(60_000);
    },
  },
];

test.each(scenarios)('the same lines for the same events: $title', async ({ persona, run }) => {
  const first = await logOf(run);
  const second = await logOf(run);
  expect(first.steps.length).toBeGreaterThan(3);
  expect(first.steps[0]).toMatchObject({ afterMs: 0, station: 'card', event: 'reception.started' });
  expect(second.steps).toEqual(first.steps);
  expect(secretsOf(persona).filter((secret) => standsIn(first.audit, secret))).toEqual([]);
});

/** @returns the one reception told again, and all that the audit log holds, as text */
async function logOf(run: (counter: Counter) => Promise<unknown>): Promise<{ steps: readonly ReplayStep[]; audit: string }> {
  const counter = await Counter.open(face, 'gem');
  try {
    await run(counter);
    counter.takeCard();
    await counter.sees('idle');
    const database = new DatabaseSync(counter.recordsPath, { readOnly: true });
    const entries = database.prepare('SELECT reception_id AS id, name, fields FROM audit ORDER BY seq').all();
    database.close();
    const ids = new Set(entries.flatMap(({ id }) => (id === null ? [] : [String(id)])));
    expect(ids.size).toBe(1);
    const steps = replayReception(counter.recordsPath, [...ids][0] ?? '');
    if (!steps.ok) throw new Error(steps.fault.code);
    return { steps: steps.value, audit: JSON.stringify(entries) };
  } finally {
    await counter.close();
  }
}

/** Digits as such, not within a longer number. */
function standsIn(text: string, secret: string): boolean {
  return new RegExp(`(?<![\\d.])${secret}(?!\\d)`).test(text);
}

/** What must never stand in a log: who somebody is, and what was typed. */
function secretsOf(personaId: string): string[] {
  const persona = personaById(personaId);
  if (!persona) throw new Error(`there is no persona "${personaId}"`);
  const birth = birthOn(persona, new Date('2026-04-01T09:00:00+09:00'));
  const { name, kana, address, insurer } = persona;
  const names = [name, ...name.split('　'), kana, ...kana.split(' ')];
  const typed = ['1234', '9990', '9991', '9992', FACILITY_PASSWORD];
  return [...names, address, birth, birth.replaceAll('-', ''), insurer.number, insurer.symbol, ...typed];
}
