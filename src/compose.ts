/** The only file that names implementations: it puts the parts of a reader together around a world. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bench } from './bench/bench.ts';
import type { ReceiveReport, ReceiveWish } from './bench/receive.ts';
import { createCardPort } from './card/card-port.ts';
import { protocolsOf } from './card/module/protocols.ts';
import { createSerialModule } from './card/module/serial-module.ts';
import { type Clock, systemClock } from './clock.ts';
import { checkpointTask } from './compose-checkpoints.ts';
import { openHandOvers } from './compose-clinic.ts';
import { openDesk, openStaff } from './compose-desk.ts';
import { startIdleWork } from './compose-idle.ts';
import { openMetrics } from './compose-metrics.ts';
import { openKioskScreen, type ScreenNews } from './compose-screen.ts';
import { settlingTask } from './compose-settling.ts';
import type { Config } from './config.ts';
import { createGatewayClient, type GatewayClient } from './eligibility/gateway-client.ts';
import { createFacePort } from './face/face-port.ts';
import { ok, type Result } from './faults/result.ts';
import type { KioskBrowser } from './kiosk/browser/kiosk-browser.ts';
import { createPageWatch } from './kiosk/browser/page-watch.ts';
import type { CardPort, ClinicPort, FacePort, StaffPort } from './reception/ports.ts';
import { Reader } from './reception/reader.ts';
import { Timeline } from './reception/timeline.ts';
import type { Records } from './records/records.ts';
import type { World } from './world.ts';

export type UnitOptions = {
  readonly world: World;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly face: FacePort;
  readonly clinic: ClinicPort;
  readonly records: Records;
  readonly staff: StaffPort;
  readonly onDefect: (error: unknown) => void;
};

/** A reader with all its parts, started. */
export type Unit = {
  readonly reader: Reader;
  readonly card: CardPort;
  readonly gateway: Pick<GatewayClient, 'watch'>;
  close(): Promise<void>;
};

/** Faults: MOD-201…203 when the module does not answer. */
export async function composeUnit(options: UnitOptions): Promise<Result<Unit>> {
  const { world, clock, timeline, face, clinic, records, staff, onDefect } = options;
  const { front, trustedCvKeys, camera, panel, simulated } = world;
  const { protocol, ...line } = world.module;
  const module = createSerialModule({ ...line, protocols: protocolsOf(protocol), openLine: world.openLine, clock });
  const gateway = createGatewayClient({ ...world.gateway, clock, waits: timeline, ledger: records.gateway });
  const card = createCardPort({ module, front, clock, random: randomBytes, trustedCvKeys });
  const reader = new Reader({
    clock,
    timeline,
    simulated,
    newReceptionId: randomUUID,
    onDefect,
    ports: { card, face, camera, gateway, clinic, records, panel, staff },
  });
  const idleWork = startIdleWork({
    ...{ reader, clock, onDefect, random: Math.random },
    tasks: [settlingTask({ gateway, records, clinic, clock, simulated }), checkpointTask({ gateway, records, clock })],
  });
  const stopWatching = records.checkpoints.watch(idleWork.wake);
  const close = async () => {
    stopWatching();
    await idleWork.close();
    await reader.close();
    await module.close();
    await gateway.close();
  };
  reader.start();
  const started = await module.start(new AbortController().signal);
  if (started.ok) return ok({ reader, card, gateway, close });
  await close();
  return started;
}

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

/** A reader on the bench, in a world simulated at the byte. */
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
  const clinicFolder = resolve(config.clinic.folder ?? join(data.path, 'clinic'));
  const recordsPath = resolve(config.records.path ?? join(data.path, 'records.sqlite'));
  const handOvers = openHandOvers({ config, folder: clinicFolder, recordsPath, clock, simulated: true, onDefect });
  if (!handOvers.ok) {
    await close();
    return handOvers;
  }
  opened.unshift(handOvers.value);
  const { clinic, records } = handOvers.value;
  const staff = openStaff({ folder: data.path, clock, random: randomBytes });
  if (!staff.ok) {
    await close();
    return staff;
  }
  opened.unshift(staff.value);
  // A bench's own, told to whoever works it.
  if (!staff.value.password.isSet) await staff.value.password.set(Buffer.from(BENCH_PASSWORD, 'latin1'));
  const world = await bench.world();
  const unit = await composeUnit({ world, clock, timeline, face, clinic, records, staff: staff.value.port, onDefect });
  if (!unit.ok) {
    await close();
    return unit;
  }
  opened.unshift(unit.value);
  const { reader, card, gateway } = unit.value;
  followHints(reader, bench.camera);
  const faceReady = () => face.ready(new AbortController().signal);
  return ok({
    reader,
    bench,
    clinic,
    close,
    faceReady,
    receive: async (wish) => {
      await faceReady();
      const report = await receive(reader, bench, clock, wish);
      if (!report.ok) return report;
      const { resultFile } = report.value;
      return ok({ ...report.value, resultFile: resultFile && join(clinicFolder, resultFile) });
    },
    async serve() {
      const ready = await faceReady();
      const desk = await openDesk({
        ...{ staff: staff.value, reader, card, clinic, records, recordsPath, gateway, world, config, clock, onDefect },
        ...{ faceReady: () => ready.ok, random: randomBytes },
      });
      if (!desk.ok) throw new Error(desk.fault.detail);
      opened.unshift(desk.value);
      const { urls, setupCode } = desk.value;
      const url = urls.find((one) => one.includes('localhost')) ?? '';
      const watch = createPageWatch(clock);
      const served = await serveBench({
        ...{ reader, bench, face, clinic, clinicFolder, config, clock, watch },
        ...{ staff: staff.value.port, desk: { password: BENCH_PASSWORD, url }, random: randomBytes },
      });
      opened.unshift(served);
      const metrics = await openMetrics({ reader, card, clinic, face, gateway, records, world, config, clock });
      opened.unshift(metrics);
      const openScreen = (onNews: (news: ScreenNews) => void) => {
        const screen = openKioskScreen({ server: served.kiosk, watch, reader, records, config, clock, onNews, onDefect });
        if (screen.ok) opened.unshift(screen.value);
        return screen;
      };
      return {
        ...served,
        metricsUrl: metrics.url,
        desk: { url, setupCode, password: BENCH_PASSWORD, fingerprint: desk.value.fingerprint() },
        openScreen,
      };
    },
  });
}

function dataFolder(keep: boolean): { readonly path: string; remove(): void } {
  const path = keep ? resolve('.kazasu') : mkdtempSync(join(tmpdir(), 'kazasu-'));
  mkdirSync(join(path, 'clinic'), { recursive: true });
  return { path, remove: () => keep || rmSync(path, { recursive: true, force: true }) };
}
