import { describe, expect, test } from 'vitest';
import { createAcsPeer } from '../../../src/bench/module/acs-peer.ts';
import { createModulePeer } from '../../../src/bench/module/create-peer.ts';
import { type Candidate, createCandidates } from '../../../src/card/module/candidates.ts';
import { createModuleFinder } from '../../../src/card/module/find-module.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import type { LineSettings, OpenLine } from '../../../src/card/module/serial-line.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';
import { createFakeLine } from '../fake-line.ts';
import { memoryInSimulatedTime } from '../timed-line.ts';

const signal = new AbortController().signal;
const LONGEST_GREETING_MS = 350;

/** A line on which nobody answers, and what was tried on it. */
function deadLine() {
  const clock = createSimulatedClock();
  const tried: { settings: LineSettings; atMs: number; sent: readonly string[] }[] = [];
  const openLine: OpenLine = async (_path, settings) => {
    const fake = createFakeLine();
    tried.push({ settings, atMs: clock.now(), sent: fake.sent });
    return fake.openLine();
  };
  return { clock, tried, openLine };
}

test('a dead line: each protocol and rate is given up within 350 ms, all together within 6 s', async () => {
  const { clock, tried, openLine } = deadLine();
  const finder = createModuleFinder({ path: 'none', openLine, clock, protocols: protocolsOf('auto') });
  let failure: unknown;
  void finder.find(signal).then((found) => {
    failure = found;
  });
  await clock.runUntil(() => failure !== undefined, 10_000);
  expect(failure).toMatchObject({ ok: false, fault: { code: 'MOD-201' } });
  const all = protocolsOf('auto').flatMap(({ baudRates }) => baudRates);
  expect(tried).toHaveLength(all.length);
  const endings = [...tried.slice(1).map(({ atMs }) => atMs), clock.now()];
  const tookMs = tried.map(({ atMs }, index) => (endings[index] ?? 0) - atMs);
  expect(Math.max(...tookMs)).toBeLessThanOrEqual(LONGEST_GREETING_MS);
  expect(clock.now()).toBeLessThan(6_000);
});

test.each(['gem', 'acs', 'pn532'] as const)('a %s module is found among all, by what is asked of all', async (protocol) => {
  const line = memoryInSimulatedTime();
  createModulePeer(protocol, { wire: line.peer, clock: line.clock });
  const finder = createModuleFinder({ ...line, protocols: protocolsOf('auto') });
  const found = await line.settle(finder.find(signal), 10_000);
  expect(found.ok && found.value.protocol.id).toBe(protocol);
  await line.close();
});

test('what is asked at a module of another kind leaves it as it was', async () => {
  const line = memoryInSimulatedTime();
  const commands: Uint8Array[] = [];
  createAcsPeer({ wire: line.peer, clock: line.clock, onApdu: (command) => commands.push(command) });
  const strangers = createModuleFinder({ ...line, protocols: [...protocolsOf('gem'), ...protocolsOf('pn532')] });
  expect((await line.settle(strangers.find(signal))).ok).toBe(false);
  expect(commands).toEqual([]);
  const finder = createModuleFinder({ ...line, protocols: protocolsOf('acs') });
  expect((await line.settle(finder.find(signal))).ok).toBe(true);
  await line.close();
});

describe('the order', () => {
  const said = ({ protocol, baudRate }: Candidate) => `${protocol.id} ${baudRate}`;
  const protocols = protocolsOf('auto').filter(({ id }) => id !== 'pn532');

  test('a wanted rate comes first, at each protocol', () => {
    const round = createCandidates(protocols, 500_000).nextRound().map(said);
    expect(round.slice(0, 4)).toEqual(['gem 500000', 'gem 115200', 'acs 500000', 'acs 115200']);
  });

  test('after a find: that one, where it may come back, and one of the others each round, in turn', () => {
    const candidates = createCandidates(protocols, undefined);
    const all = candidates.nextRound();
    const found = all.find((each) => said(each) === 'acs 500000');
    if (!found) throw new Error('no such candidate');
    candidates.remember(found);
    const rounds = all.map(() => candidates.nextRound().map(said));
    for (const round of rounds) expect(round.slice(0, 3)).toEqual(['acs 500000', 'acs 115200', 'acs 9600']);
    expect(new Set(rounds.flat())).toEqual(new Set(all.map(said)));
  });
});
