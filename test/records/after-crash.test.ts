/**
 * A reader that loses its power between any two steps of a reception, and again while it settles that reception: in the
 * end gateway, record and clinic show the same, once. Client, gateway, store, courier and folder are the real ones; a
 * reader after the power cut has the files as they lay on the disk then.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openHandOvers } from '../../src/compose-clinic.ts';
import { settlingTask } from '../../src/compose-settling.ts';
import { readConfig } from '../../src/config.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import {
  agreedTo,
  clientWithoutLine,
  type GatewayBench,
  never,
  openGatewayBench,
  proofByPin,
} from '../bench/gateway/gateway-bench.ts';
import { parcelOf, row } from './rows.ts';

const READER = 'KZTEST01';
/** Four requests, each with its answer, then the record: the power fails before or after each of them. */
const receptionSteps = ['open', 'identity', 'consent', 'eligibility'].flatMap((one) => [`${one} leaves`, `${one} is answered`]);
const places = [...receptionSteps, 'the record is made', 'all is done'];
const settlingPlaces = ['settlement leaves', 'settlement is answered', 'eligibility leaves', 'eligibility is answered', 'never'];

let bench: GatewayBench;
let root: string;
beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  root = mkdtempSync(join(tmpdir(), 'kazasu-crash-'));
});
afterAll(async () => {
  await bench.gateway.close();
  rmSync(root, { recursive: true });
});

/** A reader whose files are copied when it comes to a place; nothing that it does after that counts. */
function openReader(folder: string, failsAt: string) {
  mkdirSync(join(folder, 'clinic'), { recursive: true });
  const config = readConfig();
  if (!config.ok) throw new Error('the built-in configuration is wrong');
  const opened = openHandOvers({
    ...{ config: { ...config.value, readerId: READER }, folder: join(folder, 'clinic') },
    ...{ recordsPath: join(folder, 'records.sqlite'), clock: systemClock, simulated: true },
    onDefect: (error) => {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.fault.detail);
  const { clinic, records } = opened.value;
  const after = `${folder}-after`;
  let isOff = false;

  function passes(place: string): void {
    if (isOff) throw Object.assign(new Error('no power'), { code: 'ERR_NO_POWER' });
    if (place !== failsAt) return;
    // The wal-index is made anew from the WAL when a store is opened.
    cpSync(folder, after, { recursive: true, filter: (name) => !name.endsWith('-shm') });
    isOff = true;
    passes(place);
  }

  const request: HttpRequest = async (exchange) => {
    const last = exchange.path.slice(exchange.path.lastIndexOf('/') + 1);
    const name = last === 'receptions' ? 'open' : last;
    passes(`${name} leaves`);
    const answer = await bench.gateway.requestAs(READER)(exchange);
    passes(`${name} is answered`);
    return answer;
  };
  const gateway = clientWithoutLine({ clock: systemClock, ledger: records.gateway, request });

  return {
    records,
    clinic,
    passes,
    gateway,
    settling: settlingTask({ gateway, records, clinic, clock: systemClock, simulated: true }),
    /** Where the next reader finds what is left. */
    async close(): Promise<string> {
      await opened.value.close();
      return isOff ? after : folder;
    },
  };
}

async function receiveUntil(place: string, receptionId: string): Promise<string> {
  const card = await bench.issue('adult');
  const reader = openReader(join(root, receptionId), place);
  const { records, gateway } = reader;
  try {
    const session = await gateway.open(receptionId, never);
    if (!session.ok) return await reader.close();
    await session.value.prove(await proofByPin(card, session.value.challenge), 'pin', never);
    const answer = await session.value.eligibility(agreedTo('medicines'), never);
    if (!answer.ok) return await reader.close();
    reader.passes('the record is made');
    records.commit(row(receptionId), [], parcelOf(receptionId));
    reader.passes('all is done');
  } catch (error) {
    if ((error as Error).message !== 'no power') throw error;
  }
  return reader.close();
}

async function settleUntil(place: string, folder: string): Promise<string> {
  const reader = openReader(folder, place);
  if (reader.settling.due()) await reader.settling.run(never);
  return reader.close();
}

function rowsIn(path: string): unknown[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database.prepare('SELECT reception_id AS id FROM receptions').all();
  database.close();
  return rows.map(({ id }) => id);
}

test.each(places)('the power fails when %s', async (place) => {
  for (const [index, again] of settlingPlaces.entries()) {
    const receptionId = `crash-${places.indexOf(place)}-${index}`;
    const found = await receiveUntil(place, receptionId);
    const folder = await settleUntil('never', await settleUntil(again, found));

    const last = openReader(folder, 'never');
    expect([last.settling.due(), last.records.verify().ok]).toEqual([false, true]);
    expect(await last.clinic.handOver(never)).toBe('handed-over');
    await last.close();
    const here = rowsIn(join(folder, 'records.sqlite'));
    const there = bench.gateway.receptions().filter((one) => one.receptionId === receptionId && one.consents !== null);
    const counts = places.indexOf(place) >= places.indexOf('consent is answered');
    expect([again, here]).toEqual([again, counts ? [receptionId] : []]);
    expect(there.map((one) => one.receptionId)).toEqual(here);
    const results = readdirSync(join(folder, 'clinic')).filter((name) => name.endsWith('.xml'));
    expect(results).toHaveLength(here.length);
  }
});
