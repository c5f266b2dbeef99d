/**
 * What stands around a unit, in a process of its own: card and module at the end of a real pseudo-terminal, the gateway
 * behind TLS, and the service that enrols readers. The test that started it says what is done there.
 */
import { randomBytes } from 'node:crypto';
import { Bench } from '../../src/bench/bench.ts';
import { systemClock } from '../../src/clock.ts';
import { Timeline } from '../../src/reception/timeline.ts';

export type Opened = {
  readonly modulePath: string;
  readonly gatewayUrl: string;
  readonly enrolUrl: string;
  readonly caPem: string;
  readonly token: string;
};

/** What the gateway holds of a reception. */
export type HeldReception = {
  readonly receptionId: string;
  readonly consentedAt: string | null;
  readonly answeredAt: string | null;
};

export type Asked = { readonly place: string } | { readonly do: 'remove' | 'unplug' | 'plug-in' | 'receptions' | 'devices' };

const READER_ID = 'KZTEST01';

const bench = await Bench.open({
  clock: systemClock,
  waits: new Timeline(systemClock.now),
  random: randomBytes,
  readerId: READER_ID,
  module: 'gem',
  baudRate: 115_200,
  // Long enough for whoever is to be killed in between.
  gatewayLatencyMs: 1_500,
  joins: 'real',
});
const { module, gateway } = await bench.world();
const opened: Opened = {
  modulePath: module.path,
  gatewayUrl: gateway.origin,
  enrolUrl: (await bench.gateway.listenForEnrolments()).origin,
  caPem: String(gateway.tls.ca),
  token: bench.gateway.enrolments.admit(READER_ID),
};

async function answerTo(asked: Asked): Promise<unknown> {
  if ('place' in asked) return bench.place(asked.place);
  switch (asked.do) {
    case 'remove':
      return bench.remove();
    case 'unplug':
      return bench.unplug();
    case 'plug-in':
      return bench.plugIn();
    case 'receptions':
      return bench.gateway
        .receptions()
        .map(({ receptionId, consentedAt, answeredAt }) => ({ receptionId, consentedAt, answeredAt }));
    case 'devices':
      return [...new Set(bench.gateway.requests.map(({ device }) => device))];
  }
}

// One after the other: whoever asks waits for its answer.
process.on('message', async (asked: Asked) => process.send?.((await answerTo(asked)) ?? null));
process.on('disconnect', () => process.exit());
process.send?.(opened);
