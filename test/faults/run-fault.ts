/** One reception's card dialogue with one trouble in it, held to the laws that no fault may break. */
import type { CardStatistics } from '../../src/bench/card/virtual-card.ts';
import type { Fault } from '../../src/faults/result.ts';
import { type BenchCards, type HeldCard, restoreTries } from './bench-cards.ts';
import { type Call, type Ended, nextReception, type Way, ways } from './dialogue.ts';
import { type FaultBench, type ModuleName, openFaultBench } from './fault-bench.ts';
import type { FaultRow } from './fault-rows.ts';

export type FaultRun = {
  readonly ended: Ended;
  /** From the trouble to the end of the call in which it came. */
  readonly tookMs: number;
  /** Laws that were broken, in words; none should be. */
  readonly breaches: readonly string[];
};

/** Nothing of a reception that has ended may reach the card after it. */
const QUIET_MS = 1_000;
const READY_AGAIN_MS = 3_000;

/** How many messages and commands each way has when nothing goes wrong. Throws when it does not finish. */
export async function countWay(module: ModuleName, cards: BenchCards, way: Way) {
  const bench = await openFaultBench(module, cards);
  for (const call of ways[way]) {
    const result = await call.run(bench, cards.first, cards);
    if (!result.ok || result.value) throw new Error(`${module} ${call.name}: ${JSON.stringify(result)}`);
  }
  await bench.close();
  return { ...bench.counted };
}

export async function runWithFault(
  module: ModuleName,
  cards: BenchCards,
  way: Way,
  row: FaultRow,
  at: number,
): Promise<FaultRun> {
  for (const card of [cards.first, cards.other]) restoreTries(card);
  const before = { first: spent(cards.first), other: spent(cards.other) };
  const bench = await openFaultBench(module, cards);
  bench.plan({ ...row, at });
  const breaches: string[] = [];
  let ended: Ended = 'finished';
  let endedIn: Call | undefined;
  let tookMs = 0;
  let entries = 0;
  let met = cards.first;

  for (const call of ways[way]) {
    const hitBefore = bench.hitAtMs() !== undefined;
    entries += call.entries;
    const result = await call.run(bench, met, cards);
    const hitAtMs = bench.hitAtMs();
    const hitNow = hitAtMs !== undefined && !hitBefore;
    if (hitNow) tookMs = bench.clock.now() - hitAtMs;
    // A card that was swapped before it was first powered is the only one that was ever met.
    if (hitNow && row.card === 'is swapped' && call === ways[way][0] && result.ok) met = cards.other;
    if (!result.ok) ended = result.fault.code;
    endedIn = call;
    if (result.ok && (!result.value || result.value === row.tolerated)) continue;
    if (result.ok) breaches.push(`${call.name} believed ${result.value}`);
    else if (!row.codes.includes(result.fault.code)) breaches.push(`${call.name} ended in ${inWords(result.fault)}`);
    break;
  }

  if (bench.hitAtMs() === undefined) breaches.push('the trouble never came');
  if (tookMs > row.boundMs) breaches.push(`took ${tookMs} ms`);
  for (const [name, card] of [
    ['first', cards.first],
    ['other', cards.other],
  ] as const) {
    breaches.push(...spendingBreaches(before[name], spent(card), card === met ? entries : 0));
  }
  const undecided = ended !== 'finished' && endedIn?.name === 'readPortrait';
  breaches.push(...(await recover(bench, row, way, undecided)));
  await bench.close();
  return { ended, tookMs, breaches };
}

type Spent = Pick<CardStatistics, 'verifies' | 'verifiesWhileBlocked'>;

function spent({ statistics: { verifies, verifiesWhileBlocked } }: HeldCard): Spent {
  return { verifies, verifiesWhileBlocked };
}

function spendingBreaches(before: Spent, after: Spent, entries: number): string[] {
  const breaches: string[] = [];
  if (after.verifies - before.verifies > entries)
    breaches.push(`${after.verifies - before.verifies} VERIFYs for ${entries} entries`);
  if (after.verifiesWhileBlocked > before.verifiesWhileBlocked) breaches.push('VERIFY at a blocked key');
  return breaches;
}

/**
 * What is under way ends, the trouble is over, and the next reception works: on this card or on the one put there.
 * @param placeAgain a 照合番号B whose answer was lost is not presented again to the card as it lies
 */
async function recover(bench: FaultBench, row: FaultRow, way: Way, placeAgain: boolean): Promise<string[]> {
  const { clock, peer, line, counted, settle, cards } = bench;
  const told = await lossAsTold(bench, row);
  if (told) return [told];
  await settle(bench.port.release());
  const commands = counted.command;
  await clock.advance(QUIET_MS);
  if (counted.command !== commands) return ['something went on after the reception'];

  peer.faults.clear();
  await row.afterwards?.(bench);
  if (row.card === 'leaves') bench.put(cards.first);
  try {
    await line.until(() => bench.cardIsThere(), READY_AGAIN_MS);
  } catch {
    return [`not ready ${READY_AGAIN_MS} ms after the return`];
  }
  if (placeAgain && row.card === 'stays') await bench.placeAgain();
  const next = row.card === 'is swapped' ? cards.other : cards.first;
  for (const call of nextReception[way]) {
    const result = await call.run(bench, next, cards);
    if (!result.ok) return [`next reception: ${call.name} ended in ${inWords(result.fault)}`];
    if (result.value) return [`next reception: ${call.name} believed ${result.value}`];
  }
  return [];
}

/** A module that is lost is told of in time, one that is not lost is not. */
async function lossAsTold({ line, events, hitAtMs }: FaultBench, { module, noticedMs: boundMs }: FaultRow) {
  const loss = () => events.find(({ type }) => type === 'module-lost');
  if (module === 'is lost') await line.until(() => loss() !== undefined, boundMs).catch(() => {});
  const noticedMs = (loss()?.atMs ?? Number.POSITIVE_INFINITY) - (hitAtMs() ?? 0);
  if (module === 'stays' && loss()) return `the module was given up after ${noticedMs} ms`;
  return module === 'is lost' && noticedMs > boundMs ? `the loss was noticed after ${noticedMs} ms` : undefined;
}

const inWords = ({ code, detail }: Fault) => (detail ? `${code} (${detail})` : code);
