/** The technician's menu and sheet on the bench: the product's own, over simulated parts, and said to be simulated. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Bench } from './bench/bench.ts';
import type { Clock } from './clock.ts';
import { composeChecks, deskCertificateIn } from './compose-checks.ts';
import { openTechnician, type Technician, type TechnicianPlace } from './compose-technician.ts';
import type { WholeReader } from './compose-whole.ts';
import type { Config } from './config.ts';
import { ok, type Result } from './faults/result.ts';
import { hashTechnicianPassword } from './technician/password.ts';
import { createSelfTester } from './technician/self-tester.ts';
import { createRest } from './unit/rest.ts';
import type { World } from './world.ts';

/** The technician's password of every bench. */
export const BENCH_TECHNICIAN = '24681012';

export type BenchService = {
  readonly whole: WholeReader;
  readonly bench: Bench;
  readonly world: World;
  readonly config: Config;
  readonly folder: string;
  readonly desk: TechnicianPlace['desk'];
  readonly clock: Clock;
};

/** Closed with the reader. Fault: SYS-902 (a damaged file). */
export async function openBenchService(service: BenchService): Promise<Result<Technician>> {
  const { whole, bench, world, config, folder, desk, clock } = service;
  const { panel } = bench;
  const { gateway } = world;
  const selfTester = createSelfTester({
    checks: composeChecks({
      ...{ clock, modelsDir: 'build/models', folder, isUnit: false, panel, gateway, faceCamera: bench.camera },
      module: async () => ok(whole.moduleName()),
      certificates: () => [
        { name: 'device', ...gateway.tls },
        { name: 'gateway CA', cert: gateway.tls.ca },
        ...deskCertificateIn(folder),
      ],
      recordsPath: config.records.path ?? join(folder, 'records.sqlite'),
    }),
    clock,
    onReport: () => {},
  });
  const hash = await hashTechnicianPassword(Buffer.from(BENCH_TECHNICIAN, 'latin1'), randomBytes);
  if (!hash.ok) return hash;
  const rest = createRest(whole.reader, clock);
  const technician = openTechnician({
    ...{ whole, panel, selfTester, folder, desk, clock, passwordHash: hash.value, simulated: true },
    ...{ readerId: config.readerId, institutionCode: config.medicalInstitutionCode },
    rest: { begin: () => rest.begin('technician'), end: () => rest.end('technician') },
  });
  if (!technician.ok) return technician;
  whole.keep(selfTester);
  whole.keep(technician.value);
  return technician;
}
