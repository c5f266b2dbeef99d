/** A reader on the bench: the product's own parts in a world simulated at the byte. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bench } from './bench/bench.ts';
import type { ReceiveReport, ReceiveWish } from './bench/receive.ts';
import { systemClock } from './clock.ts';
import type { ScreenNews } from './compose-screen.ts';
import { BENCH_TECHNICIAN, openBenchService } from './compose-service.ts';
import type { TechnicianPlace } from './compose-technician.ts';
import { composeWholeReader } from './compose-whole.ts';
import type { Config } from './config.ts';
import { createFacePort } from './face/face-port.ts';
import { ok, type Result } from './faults/result.ts';
import type { KioskBrowser } from './kiosk/browser/kiosk-browser.ts';
import { createPageWatch } from './kiosk/browser/page-watch.ts';
import type { ClinicPort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';
import { Timeline } from './reception/timeline.ts';

/** The facility password of every bench. */
const BENCH_PASSWORD = '246810';

export type BenchUnitOptions = {
  readonly config: Config;
  /** Keeps result file and records in `.kazasu/`; otherwise they lie in a temporary folder that goes at the end. */
  readonly keep: boolean;
  readonly gatewayLatencyMs?: number;
};

export type ServedPages = {
  readonly kioskUrl: string;
  readonly dockUrl: string;
  readonly metricsUrl: string;
  /** The staff console; `setupCode` lets its first administrator in. */
  readonly desk: {
    readonly url: string;
    readonly setupCode: string | undefined;
    readonly password: string;
    /** SHA-256 of its certificate, for whoever is to trust it. */
    readonly fingerprint: string;
  };
  /** Shows the kiosk page on this machine's screen, and keeps it there. Faults: SYS-902. */
  openScreen(onNews: (news: ScreenNews) => void): Result<KioskBrowser>;
};

export type BenchUnit = {
  readonly reader: Reader;
  readonly bench: Bench;
  readonly clinic: ClinicPort;
  /** Whether faces can be compared. Faults: FACE-403, FACE-406. */
  faceReady(): Promise<Result<void>>;
  receive(wish: ReceiveWish): Promise<Result<ReceiveReport>>;
  /** Serves kiosk and dock on loopback, and the reader's numbers on the staff port. */
  serve(): Promise<ServedPages>;
  close(): Promise<void>;
};

/** Faults: MOD-201…203 when the module does not answer, REC-701, SYS-902. */
export async function composeBench(options: BenchUnitOptions): Promise<Result<BenchUnit>> {
  const { config } = options;
  const [{ Bench }, { followHints }, { receive }, { serveBench }] = await Promise.all([
    import('./bench/bench.ts'),
    import('./bench/faces/follow-hints.ts'),
    import('./bench/receive.ts'),
    import('./bench/serve.ts'),
  ]);
  const clock = systemClock;
  const timeline = new Timeline(clock.now);
  const face = createFacePort({ modelsDir: 'build/models', clock, challenge: 'turn', random: randomBytes });
  const bench = await Bench.open({
    clock,
    waits: timeline,
    random: randomBytes,
    readerId: config.readerId,
    module: config.bench.module,
    baudRate: config.bench.baudRate,
    gatewayLatencyMs: options.gatewayLatencyMs ?? config.bench.gatewayLatencyMs,
    joins: 'real',
  });
  const data = dataFolder(options.keep);
  const opened: { close(): Promise<void> | void }[] = [bench, face, { close: data.remove }];
  const close = async () => {
    for (const part of opened.splice(0)) await part.close();
  };
  const onDefect = (error: unknown) => {
    process.stderr.write(`A defect of this program (SYS-901): ${(error as Error)?.stack ?? error}\n`);
  };
  const world = await bench.world();
  const whole = await composeWholeReader({ config, world, folder: data.path, face, timeline, clock, onDefect });
  if (!whole.ok) {
    await close();
    return whole;
  }
  opened.unshift(whole.value);
  const { reader, clinic, clinicFolder, staff } = whole.value;
  const started = await whole.value.moduleStarted;
  if (!started.ok) {
    await close();
    return started;
  }
  // A bench's own, told to whoever works it.
  if (!staff.password.isSet) await staff.password.set(Buffer.from(BENCH_PASSWORD, 'latin1'));
  followHints(reader, bench.camera);
  const faceReady = () => face.ready(new AbortController().signal);
  return ok({
    ...{ reader, bench, clinic, close, faceReady },
    receive: async (wish) => {
      await faceReady();
      const report = await receive(reader, bench, clock, wish);
      if (!report.ok) return report;
      const { resultFile } = report.value;
      return ok({ ...report.value, resultFile: resultFile && join(clinicFolder, resultFile) });
    },
    async serve() {
      await faceReady();
      let shown: ReturnType<TechnicianPlace['desk']>;
      const parts = { whole: whole.value, bench, world, config, folder: data.path, desk: () => shown, clock };
      const service = await openBenchService(parts);
      if (!service.ok) throw new Error(service.fault.detail);
      const desk = await whole.value.openDesk(service.value.evidence);
      if (!desk.ok) throw new Error(desk.fault.detail);
      const { urls, setupCode, fingerprint } = desk.value;
      const url = urls.find((one) => one.includes('localhost')) ?? '';
      shown = { ...desk.value, urls: [url] };
      const watch = createPageWatch(clock);
      const served = whole.value.keep(
        await serveBench({
          ...{ reader, bench, face, clinic, clinicFolder, config, clock, watch, random: randomBytes },
          slots: whole.value.slots,
          ...{ staff: staff.port, desk: { password: BENCH_PASSWORD, url } },
          service: { menu: service.value.menu, password: BENCH_TECHNICIAN },
        }),
      );
      const metrics = await whole.value.openMetrics();
      return {
        ...served,
        metricsUrl: metrics.url,
        desk: { url, setupCode: setupCode(), password: BENCH_PASSWORD, fingerprint: fingerprint() },
        openScreen: (onNews) => whole.value.openScreen(served.kiosk, watch, onNews),
      };
    },
  });
}

function dataFolder(keep: boolean): { readonly path: string; remove(): void } {
  const path = keep ? resolve('.kazasu') : mkdtempSync(join(tmpdir(), 'kazasu-'));
  mkdirSync(path, { recursive: true });
  return { path, remove: () => keep || rmSync(path, { recursive: true, force: true }) };
}
