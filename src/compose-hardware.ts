/** What a unit's reader stands in, as its site file names it: hardware and network, nothing simulated. */
import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { createPageCamera } from './camera/page-camera.ts';
import type { V4l2Camera } from './camera/v4l2-camera.ts';
import { openSerialPort } from './card/module/serial-port-line.ts';
import type { Clock } from './clock.ts';
import { openCardFront } from './compose-front.ts';
import { panelStandingOf } from './compose-panel.ts';
import { type Config, configWith } from './config.ts';
import type { DeviceIdentity } from './eligibility/device-identity.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { KioskCamera } from './kiosk/reader-source.ts';
import { createPanel, type Panel } from './panel/panel.ts';
import type { Site } from './unit/site.ts';
import type { World } from './world.ts';

export type Hardware = {
  readonly world: World;
  readonly camera: KioskCamera;
  /** Absent where the unit has none. */
  readonly panel: Panel | undefined;
  readonly cardCamera: V4l2Camera | undefined;
};

/** Fault: SYS-902 (keys or a card's design that cannot be read). */
export function openHardware(site: Site, tls: DeviceIdentity, clock: Clock): Result<Hardware> {
  const keys = rootKeys(site.card.rootKeysPem ?? '');
  if (!keys.ok) return keys;
  const opened = openCardFront(site, clock);
  if (!opened.ok) return opened;
  const { front, camera: cardCamera } = opened.value;
  const { turnedDeg } = site.faceCamera;
  const camera = { ...createPageCamera({ clock, random: randomBytes, turnedDeg }), onPreview: () => () => {} };
  const panel = site.without.includes('panel') ? undefined : createPanel({ path: site.panel.path, clock });
  const { path, protocol, baudRate } = site.module;
  const world: World = {
    openLine: openSerialPort,
    module: { path, protocol, ...(baudRate === undefined ? {} : { baudRate }) },
    ...{ front, camera, trustedCvKeys: keys.value },
    gateway: { origin: new URL(site.gateway.url).origin, tls },
    panel: panel ?? { show() {}, play() {} },
    ...(panel && { panelStanding: panelStandingOf(panel) }),
    simulated: false,
  };
  return ok({ world, camera, panel, cardCamera });
}

function rootKeys(pem: string): Result<readonly KeyObject[]> {
  const found = pem.match(/-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g) ?? [];
  try {
    return ok(found.map((one) => createPublicKey(one)));
  } catch {
    return failed('SYS-902', 'card.rootKeysPem: holds something that is no public key in PEM');
  }
}

/** A site's words as the parts know them. */
export function configOf(site: Site): Config {
  const { readerId, medicalInstitutionCode, clinic, desk, kiosk, ports } = site;
  const { folder } = clinic;
  return configWith({
    ...{ readerId, medicalInstitutionCode },
    kiosk: { port: ports.kiosk, browser: kiosk.browser },
    staff: { port: ports.numbers },
    desk: { port: ports.desk, host: desk.host ?? '0.0.0.0', ...(desk.name === undefined ? {} : { name: desk.name }) },
    clinic: { encoding: clinic.encoding, fhir: clinic.fhir, ...(folder === undefined ? {} : { folder }) },
  });
}
