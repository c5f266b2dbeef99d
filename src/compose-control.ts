/** How a unit's other programs ask the running reader, and its self-test. */
import manifest from '../package.json' with { type: 'json' };
import { systemClock } from './clock.ts';
import type { Unit } from './compose-unit.ts';
import { ok, type Result } from './faults/result.ts';
import type { SelfTestReport } from './technician/self-test.ts';
import { openControlSocket } from './unit/control-socket.ts';

/** Where the updater asks, and the technician's commands, until the unit is closed. Fault: SYS-902. */
export async function serveControl(unit: Unit, path: string, onDefect: (error: unknown) => void): Promise<Result<void>> {
  const { whole, rest, selfTester } = unit;
  const answers = {
    state: () => ({
      version: manifest.version,
      reception: 'reception' in whole.reader.state,
      resting: rest.resting,
      selfTest: selfTester.last ?? null,
    }),
    rest: () => ({ resting: rest.begin('update') }),
    resume() {
      rest.end('update');
      return { resting: rest.resting };
    },
    async 'self-test'() {
      const selfTest = await testItself(unit);
      return selfTest ? { selfTest } : { ok: false, reason: 'somebody stands at the reader' };
    },
  };
  const opened = await openControlSocket({ path, answers, clock: systemClock, onDefect });
  if (!opened.ok) return opened;
  whole.keep(opened.value);
  return ok();
}

/** The morning's self-test: once everything is there, unless somebody already is. */
export async function testAtStart(unit: Unit, say: (line: string) => void, ending: AbortSignal): Promise<void> {
  await unit.settled;
  const report = ending.aborted ? undefined : await testItself(unit);
  if (!report || ending.aborted) return;
  const failing = report.parts.flatMap((row) => (row.ok ? [] : [`${row.part} (${row.code})`]));
  say(failing.length === 0 ? 'Self-test passed.' : `Self-test failed: ${failing.join(', ')}.`);
}

/** No reception runs beside it: both would want the camera. @returns undefined while somebody stands at the reader */
async function testItself({ rest, selfTester }: Unit): Promise<SelfTestReport | undefined> {
  if (!rest.begin('self-test')) return undefined;
  try {
    return await selfTester.all();
  } finally {
    rest.end('self-test');
  }
}
