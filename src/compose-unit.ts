/** The reader as a unit runs it: its hardware, its identity, its pages, and what its technician finds there. */
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { systemClock } from './clock.ts';
import { configOf, openHardware } from './compose-hardware.ts';
import { servePages } from './compose-pages.ts';
import { notePanel } from './compose-panel.ts';
import { openSelfTester } from './compose-tester.ts';
import { composeWholeReader, type WholeReader } from './compose-whole.ts';
import { type DeviceIdentity, type IdentityOptions, keepRenewed, openDeviceIdentity } from './eligibility/device-identity.ts';
import { createFacePort } from './face/face-port.ts';
import { ok, type Result } from './faults/result.ts';
import { Timeline } from './reception/timeline.ts';
import type { SelfTester } from './technician/self-tester.ts';
import { createRest, type Rest } from './unit/rest.ts';
import type { UnitPlace } from './unit/site.ts';

export type Unit = {
  readonly whole: WholeReader;
  readonly rest: Rest;
  readonly selfTester: SelfTester;
  /** Resolves when faces can be compared, or cannot, and the screen is there, or should be. */
  readonly settled: Promise<unknown>;
  close(): Promise<void>;
};

const clock = systemClock;

/** Who this reader is; see `openDeviceIdentity`. */
export function openIdentity(place: UnitPlace, signal: AbortSignal): Promise<Result<DeviceIdentity>> {
  return openDeviceIdentity(identityOptions(place), signal);
}

const identityOptions = ({ site, sitePath, dataFolder, say }: UnitPlace): IdentityOptions => ({
  ...{ folder: dataFolder, readerId: site.readerId, ca: site.gateway.caPem, clock, onTrouble: say },
  enrolUrl: new URL(site.gateway.enrolUrl).origin,
  tokenPath: join(dirname(sitePath), 'enrolment-token'),
});

/** Everything starts at once; only what a patient needs is waited for. Faults: REC-701, SYS-902. */
export async function composeUnit(place: UnitPlace, identity: DeviceIdentity): Promise<Result<Unit>> {
  const { site, dataFolder, say } = place;
  // First, since it takes longest: the models load in a thread of their own.
  const face = createFacePort({ modelsDir: 'build/models', clock, challenge: 'turn', random: randomBytes });
  const onDefect = (error: unknown) => say(`A defect of this program (SYS-901): ${(error as Error)?.stack ?? error}`);
  const closing = new AbortController();
  const opened: { close(): Promise<void> }[] = [face];
  const close = async () => {
    closing.abort();
    for (const part of opened) await part.close();
  };
  const given = <T>(result: Result<T>): Promise<Result<T>> => (result.ok ? Promise.resolve(result) : close().then(() => result));

  const hardware = await given(openHardware(site, identity, clock));
  if (!hardware.ok) return hardware;
  const { world, panel } = hardware.value;
  if (panel) opened.unshift(panel);
  const parts = { world, face, clock, onDefect, config: configOf(site), timeline: new Timeline(clock.now) };
  const composed = await given(await composeWholeReader({ ...parts, folder: dataFolder }));
  if (!composed.ok) return composed;
  const whole = composed.value;
  opened.unshift(whole);
  keepRenewed(identityOptions(place), identity, closing.signal).catch(onDefect);
  if (panel) notePanel(panel, whole.records, clock);
  const rest = createRest(whole.reader, clock);
  const selfTester = whole.keep(openSelfTester({ ...hardware.value, site, dataFolder, whole, identity }, clock));
  const inside = { place, whole, hardware: hardware.value, rest, selfTester, closing: closing.signal };
  const pages = await given(await servePages(inside));
  if (!pages.ok) return pages;
  opened.unshift(pages.value);
  const warm = face.ready(closing.signal).then((ready) => {
    if (ready.ok || closing.signal.aborted) return;
    say(`Face matching is off (${ready.fault.code}: ${ready.fault.detail ?? ''}). PIN and staff remain.`);
  });
  return ok({ whole, rest, selfTester, settled: Promise.all([warm, pages.value.settled]), close });
}
