/** The only file that names implementations: it puts the parts of a reader together around a world. */
import { type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bench } from './bench/bench.ts';
import type { ReceiveReport, ReceiveWish } from './bench/receive.ts';
import type { CardFront } from './card/front/card-front.ts';
import { createGemModule } from './card/module/gem-module.ts';
import type { OpenLine } from './card/module/serial-line.ts';
import { createCardPort } from './card/card-port.ts';
import { createClinicFolder } from './clinic/clinic-folder.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createGatewayClient, type GatewayOptions } from './eligibility/gateway-client.ts';
import { createFacePort } from './face/face-port.ts';
import { ok, type Result } from './faults/result.ts';
import type { CameraPort, FacePort, PanelPort } from './reception/ports.ts';
import { Reader } from './reception/reader.ts';
import { Timeline } from './reception/timeline.ts';
import { openRecords } from './records/records.ts';

const VERSION = '0.1.0';
/** The first slot: GemPC Twin has one. */
const SLOT = 0;

/** What a reader stands in: on a unit the hardware and the network, on the bench their simulators. */
export type World = {
  readonly openLine: OpenLine;
  readonly modulePath: string;
  readonly front: CardFront;
  readonly trustedCvKeys: readonly KeyObject[];
  readonly camera: CameraPort;
  readonly gateway: Pick<GatewayOptions, 'origin' | 'tls' | 'request'>;
  readonly panel: PanelPort;
  readonly simulated: boolean;
};

export type UnitOptions = {
  readonly world: World;
  readonly config: Config;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly face: FacePort;
  readonly clinicFolder: string;
  /** A file, or `:memory:`. */
  readonly recordsPath: string;
  readonly onDefect: (error: unknown) => void;
};

/** A reader with all its parts, started. */
export type Unit = { readonly reader: Reader; close(): Promise<void> };

/** Faults: MOD-201…203 when the module does not answer, REC-701 when the records cannot be opened. */
export async function composeUnit(options: UnitOptions): Promise<Result<Unit>> {
  const { world, config, clock, timeline } = options;
  const records = openRecords({ path: options.recordsPath, clock, version: VERSION });
  if (!records.ok) return records;
  const module = createGemModule({ path: world.modulePath, openLine: world.openLine, clock });
  const gateway = createGatewayClient({ ...world.gateway, clock, waits: timeline });
  const reader = new Reader({
    clock,
    timeline,
    simulated: world.simulated,
    newReceptionId: randomUUID,
    onDefect: options.onDefect,
    ports: {
      card: createCardPort({
        module,
        slot: SLOT,
        front: world.front,
        clock,
        random: randomBytes,
        trustedCvKeys: world.trustedCvKeys,
      }),
      face: options.face,
      camera: world.camera,
      gateway,
      clinic: createClinicFolder({
        folder: options.clinicFolder,
        readerId: config.readerId,
        medicalInstitutionCode: config.medicalInstitutionCode,
        clock,
      }),
      records: records.value,
      panel: world.panel,
    },
  });
  const close = async () => {
    await reader.close();
    await module.close();
    await gateway.close();
    records.value.close();
  };
  reader.start();
  const started = await module.start(new AbortController().signal);
  if (started.ok) return ok({ reader, close });
  await close();
  return started;
}

export type BenchUnitOptions = {
  readonly config: Config;
  /** Keeps result file and records in `.kazasu/`; otherwise they lie in a temporary folder that goes at the end. */
  readonly keep: boolean;
  readonly gatewayLatencyMs?: number;
};

/** A reader on the bench, in a world simulated at the byte. */
export type BenchUnit = {
  readonly reader: Reader;
  readonly bench: Bench;
  receive(wish: ReceiveWish): Promise<Result<ReceiveReport>>;
  /** Serves kiosk and dock on loopback. */
  serve(): Promise<{ readonly kioskUrl: string; readonly dockUrl: string }>;
  close(): Promise<void>;
};

export async function composeBench(options: BenchUnitOptions): Promise<Result<BenchUnit>> {
  const { config } = options;
  const [{ Bench }, { receive }, { serveBench }] = await Promise.all([
    import('./bench/bench.ts'),
    import('./bench/receive.ts'),
    import('./bench/serve.ts'),
  ]);
  const clock = systemClock;
  const timeline = new Timeline(clock.now);
  const face = createFacePort({ modelsDir: 'build/models', clock });
  const bench = await Bench.open({
    clock,
    waits: timeline,
    random: randomBytes,
    readerId: config.readerId,
    baudRate: config.bench.baudRate,
    gatewayLatencyMs: options.gatewayLatencyMs ?? config.bench.gatewayLatencyMs,
    joins: 'real',
  });
  const data = dataFolder(options.keep);
  const unit = await composeUnit({
    world: await bench.world(),
    config,
    clock,
    timeline,
    face,
    clinicFolder: resolve(config.clinic.folder ?? join(data.path, 'clinic')),
    recordsPath: resolve(config.records.path ?? join(data.path, 'records.sqlite')),
    onDefect: (error) => process.stderr.write(`A defect of this program (SYS-901): ${(error as Error)?.stack ?? error}\n`),
  });
  const servers: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const server of servers) await server.close();
    if (unit.ok) await unit.value.close();
    await bench.close();
    await face.close();
    data.remove();
  };
  if (!unit.ok) {
    await close();
    return unit;
  }
  const { reader } = unit.value;
  return ok({
    reader,
    bench,
    close,
    receive: (wish) => receive(reader, bench, clock, wish),
    async serve() {
      const served = await serveBench({ reader, bench, face, config, clock, random: randomBytes });
      servers.push(served);
      return served;
    },
  });
}

function dataFolder(keep: boolean): { readonly path: string; remove(): void } {
  const path = keep ? resolve('.kazasu') : mkdtempSync(join(tmpdir(), 'kazasu-'));
  mkdirSync(join(path, 'clinic'), { recursive: true });
  return { path, remove: () => keep || rmSync(path, { recursive: true, force: true }) };
}
