/** One run over an emulated reader: what all its steps share, and the ways they have to it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type Machine, startMachine } from './machine.ts';
import { type Outside, openOutside } from './outside.ts';
import { prepareDisk } from './prepare-disk.ts';
import { until } from './step.ts';
import type { TestBundles } from './test-bundles.ts';

export type VirtRun = {
  readonly outside: Outside;
  readonly bundles: TestBundles;
  readonly folder: string;
  /** The one that runs now. */
  machine(): Machine;
  /** Pulls the plug where a machine runs, and starts one on the same disk. */
  start(kind?: { readonly screen: boolean }): Promise<Machine>;
  cutPower(): Promise<void>;
  /** What lies on the release server from now on. */
  offer(releases: readonly object[]): void;
  close(): Promise<void>;
};

export type VirtRunOptions = {
  readonly image: string;
  /** Made anew. */
  readonly folder: string;
  readonly makeBundles: (releases: string) => Promise<TestBundles>;
};

export async function openVirtRun({ image, folder, makeBundles }: VirtRunOptions): Promise<VirtRun> {
  const releases = join(folder, 'releases');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(releases, { recursive: true });
  const bundles = await makeBundles(releases);
  const outside = await openOutside(releases);
  const { enrolmentToken } = outside;
  const disk = await prepareDisk(image, folder, { site: siteOf(outside), enrolmentToken });
  let machine: Machine | undefined;
  const cutPower = async () => {
    await machine?.cutPower();
    machine = undefined;
  };
  const offer = (list: readonly object[]) =>
    writeFileSync(join(releases, 'releases.json'), JSON.stringify({ format: 'kazasu-releases-1', releases: list }));
  offer([]);
  return {
    ...{ outside, bundles, folder, offer, cutPower },
    machine() {
      if (!machine) throw new Error('no machine runs: a step before this one failed');
      return machine;
    },
    async start(kind) {
      await cutPower();
      machine = await startMachine({ ...kind, disk, folder, modulePort: outside.modulePort });
      return machine;
    },
    async close() {
      await cutPower();
      await outside.close();
    },
  };
}

/** Names and ports inside lead to the servers outside (rootfs-virt). */
const siteOf = ({ readerId, caPem }: Outside) => ({
  readerId,
  medicalInstitutionCode: '1310000000',
  gateway: { url: 'https://localhost:7443', caPem, enrolUrl: 'https://localhost:7444' },
  network: { dhcp: true },
  time: { servers: ['10.0.2.2'] },
  update: { feed: 'https://localhost:7445/releases.json', ring: 0, caPem },
  module: { protocol: 'acs' },
  without: ['panel', 'face-camera', 'card-camera'],
});

/** By this PC's clock: an idle one takes two minutes, one that runs three boards at once seven. */
const BOOT_WITHIN_MS = 20 * 60_000;

/** The hand answers: the system is up as far as its own services. @returns seconds since the kernel began */
export async function waitForSystem(machine: Machine, withinMs = BOOT_WITHIN_MS): Promise<number> {
  const answer = await until('the system does not come up', withinMs, async () =>
    succeeded(await machine.run('cat /proc/uptime', 5_000)),
  );
  return Math.round(Number(answer.output.split(' ')[0]));
}

const succeeded = (answer: Answer): Answer | undefined => (answer.status === 0 ? answer : undefined);

/**
 * The reader has tested itself after its start, and a card that comes now is read.
 * @returns what it says of itself over its control socket
 */
export async function waitForReader(machine: Machine, withinMs = BOOT_WITHIN_MS): Promise<{ readonly version: string }> {
  // Asked without Node first, which would take a third of an emulated board's time from what is waited for.
  await until('the reader does not start', withinMs, async () =>
    succeeded(await machine.run('systemctl --quiet is-active kazasu', 10_000)),
  );
  const takesPatients = async () => {
    const { output } = await machine.run(ask('state'), 30_000);
    const { ok, resting, selfTest, version } = JSON.parse(output);
    return ok && !resting && selfTest !== null ? { version } : undefined;
  };
  return until('the reader does not take patients', withinMs, takesPatients, 5_000);
}

/**
 * Another version's system is up and its reader takes patients. Asked without Node, which would take a third of an
 * emulated board's time from what is waited for.
 */
export async function waitForVersion(machine: Machine, version: string, withinMs: number): Promise<void> {
  const asked = async () => {
    const { output } = await machine.run("sed -n 's/^IMAGE_VERSION=//p' /usr/lib/os-release", 5_000);
    return output === version ? true : undefined;
  };
  await until(`version ${version} does not run`, withinMs, asked, 10_000);
  await waitForReader(machine);
}

/** A question to the reader's control socket, as a script for inside. */
export const ask = (question: string): string =>
  `/opt/node/bin/node -e 'const s = require("net").connect("/run/kazasu/control.sock"); s.write(JSON.stringify({ ask: "${question}" }) + "\\n"); s.pipe(process.stdout)'`;

/** @returns `A` or `B` */
export async function runningSlot(machine: Machine): Promise<string> {
  const { output } = await machine.run("sed 's/.*rauc.slot=\\(.\\).*/\\1/' /proc/cmdline");
  return output;
}

/** GRUB's view of the slots: ORDER, A_OK, A_TRY … */
export async function grubenv(machine: Machine): Promise<string> {
  const { output } = await machine.run('grep = /boot/efi/EFI/debian/grubenv | tr "\\n" " "');
  return output.trim();
}
