/** A running unit's self-test: its own parts, as they stand and work now. */
import { join, resolve } from 'node:path';
import type { V4l2Camera } from './camera/v4l2-camera.ts';
import type { Clock } from './clock.ts';
import { composeChecks, deskCertificateIn } from './compose-checks.ts';
import type { WholeReader } from './compose-whole.ts';
import type { DeviceIdentity } from './eligibility/device-identity.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { Panel } from './panel/panel.ts';
import type { CameraPort } from './reception/ports.ts';
import { createSelfTester, type SelfTester } from './technician/self-tester.ts';
import type { Site } from './unit/site.ts';

/** The authorities whose updates are believed, as the image brings them. */
const KEYRING = '/etc/rauc/keyring.pem';

export type TestedUnit = {
  readonly site: Site;
  readonly dataFolder: string;
  readonly whole: WholeReader;
  readonly identity: DeviceIdentity;
  readonly camera: CameraPort;
  readonly panel: Panel | undefined;
  readonly cardCamera: V4l2Camera | undefined;
};

export function openSelfTester(unit: TestedUnit, clock: Clock): SelfTester {
  const { site, dataFolder, whole, identity, camera, panel, cardCamera } = unit;
  const module = followModule(whole);
  const tester = createSelfTester({
    checks: composeChecks({
      ...{ clock, modelsDir: 'build/models', folder: dataFolder, isUnit: true },
      module: async () => module.standing(),
      ...(site.without.includes('face-camera') ? {} : { faceCamera: camera }),
      ...(cardCamera && { cardCamera }),
      ...(panel && { panel }),
      gateway: { origin: new URL(site.gateway.url).origin, tls: identity },
      certificates: () => [
        { name: 'device', cert: identity.cert, key: identity.key },
        { name: 'gateway CA', cert: site.gateway.caPem },
        ...deskCertificateIn(dataFolder),
      ],
      recordsPath: resolve(join(dataFolder, 'records.sqlite')),
      ...(site.update && { keyring: KEYRING }),
    }),
    clock,
    onReport({ passed, parts }) {
      const failing = parts.filter((row) => !row.ok).map(({ part }) => part);
      whole.records.note([{ event: { name: 'self-test.done', passed, failed: failing }, atMs: clock.now(), wall: clock.wall() }]);
    },
  });
  return {
    ...tester,
    get last() {
      return tester.last;
    },
    close() {
      module.stop();
      tester.close();
    },
  };
}

/** The module as the reader's own driver finds it: nobody else may open its line. */
function followModule({ card, moduleName }: WholeReader) {
  let lost: 'MOD-201' | 'MOD-202' | 'MOD-203' | undefined;
  const stop = card.watch((event) => {
    if (event.type === 'module-lost') lost = event.code;
    else if (event.type === 'module-ready') lost = undefined;
  });
  return { stop, standing: (): Result<string> => (lost === undefined ? ok(moduleName()) : failed(lost)) };
}
