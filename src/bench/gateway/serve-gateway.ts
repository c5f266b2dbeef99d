/** The bench gateway in a process of its own: real HTTPS on 127.0.0.1, keys from a folder, people in a database. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { personas } from '../personas.ts';
import { type PkiFolder, readPkiFolder, writePkiFolder } from '../pki/pki-folder.ts';
import { createBenchGateway } from './bench-gateway.ts';
import { readGatewayConfig } from './gateway-config.ts';

export type ServedGateway = {
  /** `https://127.0.0.1:port` */
  readonly origin: string;
  /** Where new readers are enrolled; absent where the configuration does not wish it. */
  readonly enrolUrl: string | undefined;
  /** The folder of its keys. */
  readonly pki: string;
  readonly readers: readonly string[];
  readonly people: number;
  close(): Promise<void>;
};

/** Faults: SYS-902 (configuration, keys), GATE-501 (the port cannot be had). */
export async function serveGateway(configPath: string, clock: Clock): Promise<Result<ServedGateway>> {
  const config = readGatewayConfig(configPath);
  if (!config.ok) return config;
  const { pki: folder, port, database, latencyMs, maintenance, enrolment } = config.value;
  let files: PkiFolder;
  try {
    files = readPkiFolder(folder);
  } catch (error) {
    return failed('SYS-902', `${folder}: ${(error as Error).message}. "kazasu gateway pki --to DIR" makes such a folder.`);
  }
  const gateway = createBenchGateway({
    ...{ pki: files.pki, people: personas, clock, random: randomBytes, now: () => clock.wall() },
    latency: { eligibilityMs: latencyMs.least, eligibilitySpreadMs: latencyMs.most - latencyMs.least },
    ...(database !== undefined && { databasePath: database }),
  });
  gateway.controls.maintenance = maintenance;
  for (const card of files.cards) gateway.issueCard(card);
  try {
    const { origin } = await gateway.listen(port);
    for (const { readerId, token } of enrolment?.tokens ?? []) gateway.enrolments.admit(readerId, token);
    const enrolUrl = enrolment && (await gateway.listenForEnrolments(enrolment.port)).origin;
    return ok({
      origin,
      enrolUrl,
      pki: folder,
      readers: files.readers,
      people: gateway.people().length,
      close: () => gateway.close(),
    });
  } catch (error) {
    await gateway.close();
    return failed('GATE-501', `port ${port}: ${(error as Error).message}`);
  }
}

/** Makes a folder of keys for it. Fault: SYS-902 when it is there already or cannot be made. */
export async function makePkiFolder(folder: string, readers: readonly string[], clock: Clock): Promise<Result<void>> {
  try {
    await writePkiFolder(folder, { now: clock.wall(), readers, personas });
    return ok();
  } catch (error) {
    return failed('SYS-902', `${folder}: ${(error as Error).message}`);
  }
}
