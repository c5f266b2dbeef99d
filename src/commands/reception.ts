/** `kazasu reception`: one reception on the bench without a browser, through the same PTY, worker and gateway. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeBench } from '../compose-bench.ts';
import { moduleKinds, readConfig } from '../config.ts';

const USAGE = 'usage: kazasu reception [--persona ID] --method face|pin [--probe IMAGE] [--module gem|acs|pn532] [--json]';
/** A reception without a person in it is over long before. */
const BOUND_MS = 90_000;

type Wish = {
  readonly persona: string;
  readonly method: 'face' | 'pin';
  readonly probe: string | undefined;
  readonly module: (typeof moduleKinds)[number];
  readonly json: boolean;
};

/** Prints one JSON object. @returns 0 only when the reception was accepted, 1 when it was not, 2 for a wrong call */
export async function reception(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}\n`);
    return 2;
  }
  const config = readConfig();
  if (!config.ok) throw new Error('the built-in configuration is wrong');
  const { value } = config;
  const wished = { ...value, bench: { ...value.bench, module: wish.module } };
  const bench = await composeBench({ config: wished, keep: true, gatewayLatencyMs: 0 });
  if (!bench.ok) {
    process.stderr.write(`The bench could not be started (${bench.fault.code}): ${bench.fault.detail ?? ''}\n`);
    return 1;
  }
  try {
    const report = await bench.value.receive({ ...wish, boundMs: BOUND_MS });
    if (!report.ok) {
      process.stderr.write(`${report.fault.code}: ${report.fault.detail ?? ''}\n`);
      return 2;
    }
    process.stdout.write(`${JSON.stringify(report.value, null, wish.json ? undefined : 2)}\n`);
    return report.value.outcome === 'accepted' ? 0 : 1;
  } finally {
    await bench.value.close();
  }
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): Wish | string {
  const options = {
    persona: { type: 'string', default: 'adult' },
    method: { type: 'string' },
    probe: { type: 'string' },
    module: { type: 'string', default: 'gem' },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { persona, method, probe, json } = values;
    const module = moduleKinds.find((each) => each === values.module);
    if (!module) return `--module must be one of ${moduleKinds.join(', ')}`;
    if (method !== 'face' && method !== 'pin') return '--method must be face or pin';
    if (probe !== undefined && !existsSync(probe)) return `--probe: there is no file ${probe}`;
    return { persona, method, probe, module, json };
  } catch (error) {
    return (error as Error).message;
  }
}
