/** How the parts of a reader stand: what staff at their desk are told before a patient finds out. */
import { X509Certificate } from 'node:crypto';
import type { Clock } from './clock.ts';
import type { PartHealth } from './desk/desk-source.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import type { CardPort, ClinicPort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';
import { systemClockTrust } from './records/clock-trust.ts';
import type { World } from './world.ts';

export type HealthOptions = {
  readonly reader: Pick<Reader, 'onChange'>;
  readonly card: Pick<CardPort, 'watch'>;
  readonly clinic: Pick<ClinicPort, 'waitsFor'>;
  readonly gateway: Pick<GatewayClient, 'watch'>;
  readonly faceReady: () => boolean;
  readonly world: Pick<World, 'gateway' | 'panelStanding'>;
  readonly clock: Clock;
};

const DAY_MS = 86_400_000;
/** So many days ahead the reader's own certificate is told of. */
const CERTIFICATE_DAYS = 30;

/** How each part stands, as staff are to know it. */
export function watchHealth({ reader, card, clinic, gateway, faceReady, world, clock }: HealthOptions) {
  let breaker: 'open' | 'closed' = 'closed';
  let cameraLost = false;
  let module: 'MOD-201' | 'MOD-202' | 'MOD-203' | undefined;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const { panelStanding } = world;
  const stops = [
    ...(panelStanding ? [panelStanding.watch(changed)] : []),
    gateway.watch((event) => {
      if (event.type !== 'breaker') return;
      breaker = event.at;
      changed();
    }),
    card.watch((event) => {
      if (event.type === 'module-lost') module = event.code;
      else if (event.type === 'module-ready') module = undefined;
      else return;
      changed();
    }),
    reader.onChange((state) => {
      if (state.at === 'stopped' && state.code === 'FACE-405') cameraLost = true;
      if (state.at === 'face-retry' || (state.at === 'proving' && state.method === 'face')) cameraLost = false;
    }),
  ];
  return {
    parts(): readonly PartHealth[] {
      const certificateEnds = new X509Certificate(world.gateway.tls.cert).validToDate;
      const daysLeft = Math.floor((certificateEnds.getTime() - clock.wall().getTime()) / DAY_MS);
      const waits = clinic.waitsFor();
      const panel = panelStanding?.attention();
      return [
        { part: 'module', ...(module ? { attention: module } : {}) },
        { part: 'camera', ...(cameraLost ? { attention: 'FACE-405' } : {}) },
        { part: 'face', ...(faceReady() ? {} : { attention: 'FACE-403' }) },
        ...(panelStanding ? [{ part: 'panel', ...(panel ? { attention: panel } : {}) } as const] : []),
        { part: 'gateway', ...(breaker === 'open' ? { attention: 'GATE-501' } : {}) },
        { part: 'clinic-folder', ...(waits && waits !== 'records-fail' ? { attention: waits } : {}) },
        { part: 'records', ...(waits === 'records-fail' ? { attention: waits } : {}) },
        { part: 'clock', ...(systemClockTrust() === 'synchronised' ? {} : { attention: 'clock-unset' }) },
        { part: 'certificate', daysLeft, ...(daysLeft < CERTIFICATE_DAYS ? { attention: 'certificate-ends' } : {}) },
      ];
    },
    watch(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}
