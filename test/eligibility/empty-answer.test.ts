import { afterAll, beforeAll, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { systemClock } from '../../src/clock.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import {
  agreedTo,
  clientWithoutLine,
  type GatewayBench,
  never,
  openGatewayBench,
  proveByFace,
} from '../bench/gateway/gateway-bench.ts';

let bench: GatewayBench;
let card: VirtualCard;

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  card = await bench.issue('adult');
});
afterAll(() => bench.gateway.close());

/** The bench gateway, which gives another validity and forgets the qualifications. */
const answering =
  (validity: string): HttpRequest =>
  async (exchange) => {
    const answer = await bench.gateway.requestAs('reader-1')(exchange);
    if (!exchange.path.endsWith('/eligibility')) return answer;
    const said = { ...JSON.parse(Buffer.from(answer.body).toString('utf8')), QualificationValidity: validity };
    return { ...answer, body: Buffer.from(JSON.stringify({ ...said, ResultOfQualificationConfirmation: [] })) };
  };

test.each([
  ['1', { ok: false, fault: { code: 'GATE-503' } }],
  ['6', { ok: false, fault: { code: 'GATE-503' } }],
  ['2', { ok: true }],
  ['4', { ok: true }],
])('validity %s without a qualification', async (validity, expected) => {
  const client = clientWithoutLine({
    clock: systemClock,
    request: answering(validity),
  });
  const opened = await client.open(`empty-${validity}`, never);
  if (!opened.ok) throw new Error(opened.fault.code);
  await proveByFace(opened.value, card);
  expect(await opened.value.eligibility(agreedTo(), never)).toMatchObject(expected);
});
