import { resolve } from 'node:path';
import type { SlotKind } from '../card/module/card-module.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { PageWatch } from '../kiosk/browser/page-watch.ts';
import { createReaderSource } from '../kiosk/reader-source.ts';
import { createKioskServer, type KioskServer } from '../kiosk/server.ts';
import type { ClinicPort, FacePort, StaffPort } from '../reception/ports.ts';
import type { Reader } from '../reception/reader.ts';
import type { TechnicianMenu } from '../technician/menu.ts';
import type { Bench } from './bench.ts';
import { BenchDock } from './bench-dock.ts';
import { createDock } from './dock/dock.ts';

export type ServeOptions = {
  readonly reader: Reader;
  readonly bench: Bench;
  readonly face: FacePort;
  readonly clinic: ClinicPort;
  readonly staff: StaffPort;
  readonly desk: { readonly password: string; readonly url: string };
  /** The technician's menu, and the password that opens it here. */
  readonly service: { readonly menu: TechnicianMenu | undefined; readonly password: string };
  readonly clinicFolder: string;
  readonly config: Config;
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  readonly watch: PageWatch;
  /** Where the module takes a card. */
  readonly slots: () => readonly SlotKind[];
};

export type Served = {
  readonly kiosk: KioskServer;
  readonly kioskUrl: string;
  readonly dockUrl: string;
  close(): Promise<void>;
};

/** Serves the kiosk and the dock, each on its own port of loopback; the kiosk shows the dock in a drawer. */
export async function serveBench(options: ServeOptions): Promise<Served> {
  const { reader, bench, face, clinic, staff, desk, clinicFolder, config, clock, random, watch, slots, service } = options;
  let kioskOrigin = "'none'";
  const dock = await createDock({
    clock,
    random,
    pageDir: resolve('build/dock'),
    port: config.bench.dockPort,
    bench: new BenchDock({
      ...{ bench, reader, face, clinicFolder, clock },
      staff: { password: desk.password, deskUrl: desk.url, technician: service.password },
    }),
    kioskOrigin: () => kioskOrigin,
  });
  try {
    const faceReady = await face.ready(new AbortController().signal);
    const source = createReaderSource({
      reader,
      clinic,
      staff,
      camera: bench.camera,
      faceReady: () => faceReady.ok,
      simulated: ['card', 'module', 'front', 'camera', 'gateway'],
      slots,
      ...(service.menu && { technician: service.menu }),
      dockUrl: dock.url,
    });
    const kiosk = await createKioskServer({
      random,
      pageDir: resolve('build/kiosk'),
      port: config.kiosk.port,
      // The address is printed for a person, who may open it in more than one browser.
      bootToken: { value: Buffer.from(random(24)).toString('base64url'), uses: 'many' },
      dockOrigin: dock.origin,
      source,
      watch,
    });
    kioskOrigin = kiosk.origin;
    return {
      kiosk,
      kioskUrl: kiosk.bootUrl,
      dockUrl: dock.url,
      async close() {
        await kiosk.close();
        await dock.close();
      },
    };
  } catch (error) {
    await dock.close();
    throw error;
  }
}
