import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { clientWithoutLine, type GatewayBench, openGatewayBench } from '../bench/gateway/gateway-bench.ts';

type OnTheWay = (next: HttpRequest) => HttpRequest;

/** A gateway for the file, and a client that keeps its ledger in a store; each test may put something between them. */
export function useClientWithLedger() {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-ledger-'));
  let way: OnTheWay;
  const clearTheWay = () => {
    way = (next) => next;
  };
  let bench: GatewayBench;
  let records: Records;
  let client: GatewayClient;
  beforeAll(async () => {
    bench = await openGatewayBench(systemClock);
    const opened = openRecords({ path: join(folder, 'records.sqlite'), clock: systemClock, version: 'test' });
    if (!opened.ok) throw new Error(opened.fault.detail);
    records = opened.value;
    client = clientWithoutLine({
      clock: systemClock,
      request: (exchange) => way(bench.gateway.requestAs('reader-1'))(exchange),
      ledger: records.gateway,
    });
  });
  afterAll(async () => {
    await bench.gateway.close();
    records.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(clearTheWay);
  return {
    get bench() {
      return bench;
    },
    get records() {
      return records;
    },
    get client() {
      return client;
    },
    /** Stands between client and gateway until the way is cleared, or the test is over. */
    putOnTheWay(between: OnTheWay): void {
      way = between;
    },
    clearTheWay,
  };
}
