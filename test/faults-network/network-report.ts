/** Whether reader and gateway agree after a row of faults, and what became of the receptions. */
import type { AskedItem } from '../../src/reception/questions.ts';
import type { NetworkBench } from './network-bench.ts';
import { kinds, type NetworkFault, phases, runNetworkFault, type Trial } from './run-network-fault.ts';

/** Every kind in every phase, once and for as long as the phase lasts. */
export function allFaults(): NetworkFault[] {
  return [false, true].flatMap((lasting) => phases.flatMap((phase) => kinds.map((kind) => ({ kind, phase, lasting }))));
}

/** Runs the faults one after another; `onTrial` is told of each. */
export async function runFaults(
  bench: NetworkBench,
  faults: readonly NetworkFault[],
  name: (index: number) => string,
  onTrial: (fault: NetworkFault, trial: Trial) => void = () => {},
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const [index, fault] of faults.entries()) {
    const patient = bench.patients[index % bench.patients.length];
    if (!patient) throw new Error('no patients');
    const trial = await runNetworkFault(bench, fault, name(index), patient);
    trials.push(trial);
    onTrial(fault, trial);
  }
  return trials;
}

type Row = { readonly receptionId: string; readonly consents: readonly AskedItem[] };
const byId = (rows: Row[]) => rows.sort((a, b) => (a.receptionId < b.receptionId ? -1 : 1));

/** What the reader has, by reception. */
export function readerRows(trials: readonly Trial[]): Row[] {
  return byId(trials.flatMap(({ receptionId, row }) => (row ? [{ receptionId, consents: row }] : [])));
}

/** What the gateway has recorded a consent of, of these receptions. */
export function gatewayRows(bench: NetworkBench, trials: readonly Trial[]): Row[] {
  const ours = new Set(trials.map(({ receptionId }) => receptionId));
  const recorded = bench.gateway.receptions().filter(({ receptionId, consents }) => consents !== null && ours.has(receptionId));
  return byId(
    recorded.map(({ receptionId, consents }) => ({ receptionId, consents: JSON.parse(consents ?? '[]') as AskedItem[] })),
  );
}
