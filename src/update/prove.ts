/** After each boot: the running version shows that it works, and only then is its slot marked good. */
import { pause } from '../clock.ts';
import { mayFailAsBefore } from './excused.ts';
import type { UpdateUnit } from './ports.ts';
import { asFailed, asProven, whereItStands } from './standing.ts';
import { endRest, startAgain } from './switch.ts';
import { done, gone, type UpdateFault, type UpdateResult } from './update-fault.ts';
import { isNewer } from './version.ts';

/** The reader is ready within 25 s of its start; what is slower is a board under load. */
const PROVE_WITHIN_MS = 15 * 60_000;
const AGAIN_AFTER_MS = 30_000;

/**
 * Ends when the running slot is marked good, or when `signal` aborts. A version that has passed its self-test here once
 * need only come up again: a camera that breaks later must not bring the old version back, nor must one that was broken
 * before the version came. A new version that does not pass is started again, each time with one of the boot loader's
 * three tries less, until the old one is back.
 */
export async function proveThisBoot(unit: UpdateUnit, signal: AbortSignal): Promise<void> {
  const { kept, running, bootId, tell } = unit;
  const standing = whereItStands(kept.value, running, bootId);
  if (standing.at === 'fell-back') {
    tell({ name: 'update.fault', fault: gone('UPD-981', `${standing.version} failed here; ${running} runs`).fault });
    note(unit, kept.keep(asFailed(kept.value, standing.version)));
  }
  const { proven } = kept.value;
  tell({ name: 'update.proving', version: running });
  if (proven === running) await untilItAnswers(unit, signal);
  // Newer than what is proven, though nothing is noted: RAUC ended an installation that this updater had given up.
  else await untilItPasses(unit, signal, standing.at === 'switched' || (proven !== undefined && isNewer(running, proven)));
  if (signal.aborted) return;
  tell({ name: 'update.proven', version: running });
  note(unit, kept.keep(asProven(kept.value, running)));
  await markGood(unit, signal);
}

async function untilItAnswers({ reader, clock, tell }: UpdateUnit, signal: AbortSignal): Promise<void> {
  const toldOf = teller(tell);
  for (;;) {
    const answer = await reader.answers(signal);
    if (answer.ok || signal.aborted) return;
    toldOf(answer.fault);
    await pause(clock, AGAIN_AFTER_MS, signal);
  }
}

async function untilItPasses(unit: UpdateUnit, signal: AbortSignal, mayFallBack: boolean): Promise<void> {
  const { clock, tell } = unit;
  const toldOf = teller(tell);
  let since = clock.now();
  for (;;) {
    const tested = await selfTest(unit, signal);
    if (signal.aborted || (tested !== 'busy' && tested.ok)) return;
    if (tested === 'busy') since = clock.now();
    else toldOf(tested.fault);
    if (mayFallBack && clock.now() - since > PROVE_WITHIN_MS) {
      await startAgain(unit, signal);
      since = clock.now();
    }
    await pause(clock, AGAIN_AFTER_MS, signal);
  }
}

/** `busy`: somebody stands at the reader, and is served first. Faults: UPD-979, UPD-980. */
async function selfTest(unit: UpdateUnit, signal: AbortSignal): Promise<UpdateResult<void> | 'busy'> {
  const { reader } = unit;
  const rest = await reader.rest(signal);
  if (rest === 'busy') return 'busy';
  if (rest !== 'resting') return gone('UPD-979', 'the control socket does not answer');
  const tested = await reader.selfTest(signal);
  await endRest(unit);
  if (!tested.ok) return tested;
  const failing = tested.value.filter(({ part }) => !isExcused(unit, part));
  return failing.length === 0 ? done : gone('UPD-980', failing.map(({ part, code }) => `${part} (${code})`).join(', '));
}

/** It was broken in the version before as well. */
function isExcused({ kept, running, bootId }: UpdateUnit, part: string): boolean {
  const standing = whereItStands(kept.value, running, bootId);
  return standing.at === 'switched' && standing.brokenBefore.includes(part) && mayFailAsBefore(part);
}

async function markGood(unit: UpdateUnit, signal: AbortSignal): Promise<void> {
  const toldOf = teller(unit.tell);
  for (;;) {
    const marked = await unit.installer.markGood(signal);
    if (signal.aborted) return;
    if (marked.ok) return unit.tell({ name: 'update.good', version: unit.running });
    toldOf(marked.fault);
    await pause(unit.clock, AGAIN_AFTER_MS, signal);
  }
}

function note({ tell }: UpdateUnit, result: UpdateResult<void>): void {
  if (!result.ok) tell({ name: 'update.fault', fault: result.fault });
}

/** Tells a fault when it comes, not each time that it is still there. */
function teller(tell: UpdateUnit['tell']): (fault: UpdateFault) => void {
  let last = '';
  return (fault) => {
    const now = `${fault.code} ${fault.detail}`;
    if (now !== last) tell({ name: 'update.fault', fault });
    last = now;
  };
}
