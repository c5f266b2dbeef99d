/** `kazasu start`: the bench reader with its two pages, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { composeBench, type ServedPages } from '../compose-bench.ts';
import type { ScreenLoss, ScreenNews } from '../compose-screen.ts';
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
  let wish: { readonly config?: string; readonly kiosk?: boolean };
  try {
    wish = parseArgs({ args: [...args], options: { config: { type: 'string' }, kiosk: { type: 'boolean' } } }).values;
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\nusage: kazasu start [--config FILE] [--kiosk]\n`);
    return 2;
  }
  const config = readConfig(wish.config);
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
    const { kioskUrl, dockUrl, metricsUrl, desk, openScreen } = await bench.value.serve();
    process.stdout.write(
      `\nKazasu bench: card, its printed front, module, camera and gateway are simulated.\n\n` +
        `  kiosk screen   ${kioskUrl}\n  bench dock     ${dockUrl}\n  staff desk     ${desk.url}\n                 ${deskWords(desk)}\n                 certificate ${desk.fingerprint}\n` +
        `  metrics        ${metricsUrl}\n\n` +
        `Open kiosk and dock in a browser on this machine. Ctrl-C ends it and leaves nothing behind.\n`,
    );
    if (wish.kiosk) {
      const screen = openScreen(sayScreen);
      if (!screen.ok) {
        process.stderr.write(`The configuration is wrong (${screen.fault.code}). ${screen.fault.detail}\n`);
        return 2;
      }
    }
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

function deskWords({ setupCode, password }: ServedPages['desk']): string {
  const first = setupCode === undefined ? '' : `code of the first administrator ${setupCode}, `;
  return `${first}facility password of this bench ${password}`;
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

const losses: Readonly<Record<ScreenLoss, string>> = {
  gone: 'its page has gone',
  frozen: 'its page does not move',
  slow: 'its page is too slow',
  'never-came': 'its page did not come',
  'browser-ended': 'Chromium has ended',
};

/** Says when the kiosk screen is there, and what became of it. */
function sayScreen(news: ScreenNews): void {
  const lost = news.at === 'lost' && `The kiosk screen is lost: ${losses[news.why]}. It is opened again.`;
  process.stdout.write(`\n${lost || 'The kiosk screen shows what the reader does.'}\n`);
}

function faceIsOff({ code, detail = '' }: Fault): string {
  return `Face matching is off (${code}: ${detail}). PIN and staff remain. What to do: npm run -s kazasu -- self-test`;
}
