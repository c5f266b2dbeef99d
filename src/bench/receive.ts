import type { Clock } from '../clock.ts';
import { deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Reader } from '../reception/reader.ts';
import type { ReceptionReport } from '../reception/reception-report.ts';
import type { State } from '../reception/state.ts';
import type { Bench } from './bench.ts';
import { actAsPatient } from './patient.ts';
import { personaById } from './personas.ts';

export type ReceiveWish = {
  readonly persona: string;
  readonly method: 'face' | 'pin';
  /** What the camera sees instead of the persona: an image file. */
  readonly probe?: string | undefined;
  readonly boundMs: number;
};

/** What one reception without a browser tells; nothing of the person. */
export type ReceiveReport = ReceptionReport & { readonly persona: string; readonly simulated: true };

/** Places the persona's card, touches the screen as a patient would, and takes the card away again.
 *  Faults: SYS-902 (no such persona, or a probe that is no picture). */
export async function receive(reader: Reader, bench: Bench, clock: Clock, wish: ReceiveWish): Promise<Result<ReceiveReport>> {
  const persona = personaById(wish.persona);
  if (!persona) return failed('SYS-902', `there is no persona "${wish.persona}"`);
  const seen = await bench.camera.look(
    wish.probe === undefined
      ? { kind: 'persona', personaId: persona.id, face: persona.face }
      : { kind: 'picture', path: wish.probe },
  );
  if (!seen.ok) return seen;
  const stopActing = actAsPatient(reader, { method: wish.method, pin: persona.pin });
  const bound = deadline(clock, wish.boundMs);
  try {
    const ended = endOf(reader, wish.method, bound.signal);
    const placed = await bench.place(persona.id);
    if (!placed.ok) return placed;
    const report = await ended;
    return ok({ ...report, persona: persona.id, method: wish.method, simulated: true });
  } finally {
    bound.done();
    stopActing();
    bench.remove();
  }
}

/** The report of the reception that begins now: accepted, stopped, or stuck where this patient cannot go on. */
function endOf(reader: Reader, method: 'face' | 'pin', signal: AbortSignal): Promise<ReceptionReport> {
  return new Promise((resolve) => {
    const finish = (report: ReceptionReport) => {
      stopReports();
      stopStates();
      resolve(report);
    };
    const stopReports = reader.onReport(finish);
    const stopStates = reader.onChange((state) => {
      const code = deadEnd(state, method);
      if (code) finish(reader.reportNow(code));
    });
    signal.addEventListener('abort', () => finish(reader.reportNow('TIME-801')), { once: true });
  });
}

/** Where a patient who wants one method only, and has one face and one PIN, has come to the end. */
function deadEnd(state: State, method: 'face' | 'pin'): string | undefined {
  if (state.at === 'face-retry') return state.code;
  if (state.at === 'entering-pin' && state.rejected) return 'PIN-301';
  if (state.at !== 'choosing') return undefined;
  if (method === 'pin') return state.reception.pin.at === 'ready' ? undefined : 'PIN-302';
  return state.reception.face ? undefined : 'FACE-403';
}
