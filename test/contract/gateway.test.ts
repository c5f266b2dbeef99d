import { afterAll, beforeAll } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient } from '../../src/eligibility/gateway-client.ts';
import { openGatewayBench } from '../bench/gateway/gateway-bench.ts';
import { type GatewayStand, gatewayContract } from './gateway.ts';

const stands: Record<string, GatewayStand> = {};
let close = async () => {};

beforeAll(async () => {
  const bench = await openGatewayBench(systemClock);
  const { origin } = await bench.gateway.listen();
  const tls = { ca: bench.pki.tls.ca, ...(await bench.pki.tls.issueDevice('reader-1')) };
  // One client meets every failure here: it would rest after the third.
  const limits = { failuresToRest: 1_000 };
  const overTls = createGatewayClient({ origin, tls, clock: systemClock, limits });
  const inProcess = createGatewayClient({
    origin,
    tls,
    clock: systemClock,
    limits,
    request: bench.gateway.requestAs('reader-1'),
  });
  stands['tls'] = { ...bench, client: overTls };
  stands['process'] = { ...bench, client: inProcess };
  close = async () => {
    await overTls.close();
    await inProcess.close();
    await bench.gateway.close();
  };
});

afterAll(() => close());

gatewayContract('mutual TLS', () => stands['tls'] as GatewayStand);
gatewayContract('a call in this process', () => stands['process'] as GatewayStand);
