import { type BenchUnit, composeBench } from '../../src/compose-bench.ts';
import type { Config } from '../../src/config.ts';
import { configOnFreePorts } from '../free-ports.ts';

export type ServedBench = { readonly unit: BenchUnit; readonly metricsUrl: string };

/** A bench on free ports of loopback, with its pages and its numbers. */
export async function servedBench(own: Partial<Config> = {}): Promise<ServedBench> {
  const unit = await composeBench({ config: { ...configOnFreePorts(), ...own }, keep: false, gatewayLatencyMs: 50 });
  if (!unit.ok) throw new Error(unit.fault.detail);
  const { metricsUrl } = await unit.value.serve();
  return { unit: unit.value, metricsUrl };
}

export async function receiveByPin({ unit }: ServedBench): Promise<void> {
  const report = await unit.receive({ persona: 'adult', method: 'pin', boundMs: 30_000 });
  if (!report.ok || report.value.outcome !== 'accepted') throw new Error(`the reception failed: ${JSON.stringify(report)}`);
}
