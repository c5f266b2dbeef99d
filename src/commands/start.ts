/** `kazasu start`: the bench reader with its two pages, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { composeBench } from '../compose.ts';
import { readConfig } from '../config.ts';
import type { Fault } from '../faults/result.ts';
import type { ClinicPort } from '../reception/ports.ts';
import { askedToStop } from './asked-to-stop.ts';

/** Why a page could not be served. */
const unusable: Readonly<Record<string, string>> = {
  EADDRINUSE: 'A port is taken, probably by another bench. End that one, or give other ports with --config.',
  EADDRNOTAVAIL: 'The configuration is wrong (SYS-902). staff.host: no address of this machine',
};

export async function start(args: readonly string[]): Promise<number> {
  let path: string | undefined;
  try {
    path = parseArgs({ args: [...args], options: { config: { type: 'string' } } }).values.config;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nusage: kazasu start [--config FILE]\n`);
    return 2;
  }
  const config = readConfig(path);
  if (!config.ok) {
    process.stderr.write(`The configuration is wrong (${config.fault.code}). ${config.fault.detail}\n`);
    return 2;
  }
  const asked = askedToStop();
  const bench = await composeBench({ config: config.value, keep: false });
  if (!bench.ok) {
    process.stderr.write(`The reader could not be started (${bench.fault.code}): ${bench.fault.detail ?? ''}\n`);
    return 1;
  }
  try {
    const { kioskUrl, dockUrl, metricsUrl } = await bench.value.serve();
    process.stdout.write(
      `\nKazasu bench: card, its printed front, module, camera and gateway are simulated.\n\n` +
        `  kiosk screen   ${kioskUrl}\n  bench dock     ${dockUrl}\n  metrics        ${metricsUrl}\n\n` +
        `Open kiosk and dock in a browser on this machine. Ctrl-C ends it and leaves nothing behind.\n`,
    );
    sayWaits(bench.value.clinic);
    const face = await bench.value.faceReady();
    if (!face.ok) process.stdout.write(`\n${faceIsOff(face.fault)}\n`);
    await asked;
    process.stdout.write('\nstopping\n');
    return 0;
  } catch (error) {
    const words = unusable[(error as NodeJS.ErrnoException).code ?? ''];
    if (words === undefined) throw error;
    process.stderr.write(`${words}\n`);
    return 1;
  } finally {
    await bench.value.close();
  }
}

/** Says whenever results begin to wait for the clinic's folder, and when they no longer do. */
function sayWaits(clinic: ClinicPort): void {
  let said: string | undefined;
  const say = () => {
    const reason = clinic.waitsFor();
    if (reason === said) return;
    said = reason;
    const waits = `Results wait for the clinic (${reason}). Receptions go on; the results follow in order.`;
    process.stdout.write(`\n${reason ? waits : 'The clinic has all results.'}\n`);
  };
  clinic.watch(say);
  say();
}

function faceIsOff({ code, detail = '' }: Fault): string {
  return `Face matching is off (${code}: ${detail}). PIN and staff remain. What to do: npm run -s kazasu -- self-test`;
}
