/** The only file that names a reception's implementations: it puts the parts of a reader together around a world. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createCardPort } from './card/card-port.ts';
import type { SlotKind } from './card/module/card-module.ts';
import { protocolsOf } from './card/module/protocols.ts';
import { createSerialModule } from './card/module/serial-module.ts';
import type { Clock } from './clock.ts';
import { checkpointTask } from './compose-checkpoints.ts';
import { type IdleWork, startIdleWork } from './compose-idle.ts';
import { type SettlingTask, settlingTask } from './compose-settling.ts';
import { createGatewayClient, type GatewayClient } from './eligibility/gateway-client.ts';
import type { Result } from './faults/result.ts';
import type { CardPort, ClinicPort, FacePort, StaffPort } from './reception/ports.ts';
import { Reader } from './reception/reader.ts';
import type { Timeline } from './reception/timeline.ts';
import type { Records } from './records/records.ts';
import type { World } from './world.ts';

export type ReaderOptions = {
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
export type ComposedReader = {
  readonly reader: Reader;
  readonly card: CardPort;
  readonly gateway: GatewayClient;
  /** The module's family and firmware. */
  moduleName(): string;
  /** Where the module that is there now takes a card. */
  readonly slots: () => readonly SlotKind[];
  /** How the receptions that wait for an answer are asked for again. */
  readonly asking: Pick<SettlingTask, 'attempts'> & Pick<IdleWork, 'nextAt' | 'watch'>;
  /** Whether the module was there at first; one that was not is looked for all the same. Faults: MOD-201…203. */
  readonly moduleStarted: Promise<Result<void>>;
  close(): Promise<void>;
};

export function composeReader(options: ReaderOptions): ComposedReader {
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
  const settling = settlingTask({ gateway, records, clinic, clock, simulated });
  const idleWork = startIdleWork({
    ...{ reader, clock, onDefect, random: Math.random },
    tasks: [settling, checkpointTask({ gateway, records, clock })],
  });
  const stopWatching = records.checkpoints.watch(idleWork.wake);
  reader.start();
  return {
    ...{ reader, card, gateway },
    moduleName: () => module.name,
    slots: () => module.slots.map(({ kind }) => kind),
    asking: { attempts: settling.attempts, nextAt: idleWork.nextAt, watch: idleWork.watch },
    moduleStarted: module.start(new AbortController().signal),
    async close() {
      stopWatching();
      await idleWork.close();
      await reader.close();
      await module.close();
      await gateway.close();
    },
  };
}
