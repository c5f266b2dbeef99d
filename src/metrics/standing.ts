/** What is not counted but stands: looked at whenever somebody asks for the numbers. */
import { Gauge } from 'prom-client';
import type { Clock } from '../clock.ts';
import { deadline } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import type { ClinicPort, FacePort, WaitReason } from '../reception/ports.ts';
import type { Metrics } from './registry.ts';
import { type PartsWatch, parts } from './watch-parts.ts';

export type StandingSources = {
  readonly clock: Clock;
  readonly parts: PartsWatch;
  readonly clinic: Pick<ClinicPort, 'waitsFor'>;
  readonly face: Pick<FacePort, 'ready'>;
  readonly outbox: { depth(): Result<number>; oldestAt(): Result<Date | undefined> };
  /** What was asked of the gateway without an answer yet. */
  readonly ledger: { unanswered(): Result<readonly unknown[]> };
  /** When the reader's own TLS certificate ends. */
  readonly certificateEnds: () => Date;
  readonly readerId: string;
  readonly version: string;
};

type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];
type Family = {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  /** No sample where nothing can be told. */
  read(): readonly Sample[] | Promise<readonly Sample[]>;
};

/** Face models that load are waited for so long. */
const FACE_MS = 1_000;
const reasons: { readonly [Reason in WaitReason]: true } = {
  'folder-missing': true,
  'folder-full': true,
  'folder-read-only': true,
  'folder-silent': true,
  'folder-fails': true,
  'records-fail': true,
};

function families({ clock, parts: watch, clinic, face, outbox, ledger, ...fixed }: StandingSources): readonly Family[] {
  const plain = (value: number): readonly Sample[] => [[{}, value]];
  const startedAt = clock.wall().getTime() / 1_000;

  async function faceReady(): Promise<boolean> {
    const bound = deadline(clock, FACE_MS);
    const ready = await face.ready(bound.signal);
    bound.done();
    return ready.ok;
  }

  function oldestAgeSeconds(): readonly Sample[] {
    const oldest = outbox.oldestAt();
    if (!oldest.ok) return [];
    // A calendar that was set back makes nothing younger than new.
    return plain(oldest.value ? Math.max(0, clock.wall().getTime() - oldest.value.getTime()) / 1_000 : 0);
  }

  return [
    {
      name: 'kazasu_build_info',
      help: 'Which reader this is, and its program.',
      labelNames: ['reader', 'version', 'node'],
      read: () => [[{ reader: fixed.readerId, version: fixed.version, node: process.version }, 1]],
    },
    {
      name: 'kazasu_part_ready',
      help: 'Whether a part was there when it was last needed (1) or not (0).',
      labelNames: ['part'],
      read: async () => [
        ...parts.map((part): Sample => [{ part }, Number(watch.isReady(part))]),
        [{ part: 'face' }, Number(await faceReady())],
      ],
    },
    {
      name: 'kazasu_outbox_parcels',
      help: 'Results that are recorded and wait for the clinic.',
      labelNames: [],
      read() {
        const depth = outbox.depth();
        return depth.ok ? plain(depth.value) : [];
      },
    },
    {
      name: 'kazasu_outbox_oldest_age_seconds',
      help: 'How long the oldest result has waited for the clinic; 0 when none waits.',
      labelNames: [],
      read: oldestAgeSeconds,
    },
    {
      name: 'kazasu_hand_over_waits',
      help: 'Why results wait for the clinic: 1 at the reason, 0 at the others.',
      labelNames: ['reason'],
      read: () => Object.keys(reasons).map((reason) => [{ reason }, Number(clinic.waitsFor() === reason)]),
    },
    {
      name: 'kazasu_gateway_unsettled_changes',
      help: 'Changes asked of the gateway whose outcome is not known yet: a few during a reception, more after an outage.',
      labelNames: [],
      read() {
        const unanswered = ledger.unanswered();
        return unanswered.ok ? plain(unanswered.value.length) : [];
      },
    },
    {
      name: 'kazasu_certificate_expiry_timestamp_seconds',
      help: 'When the certificate ends that the reader shows to the gateway, in seconds since 1970.',
      labelNames: [],
      read: () => plain(fixed.certificateEnds().getTime() / 1_000),
    },
    {
      name: 'kazasu_start_time_seconds',
      help: 'When the reader was started, in seconds since 1970.',
      labelNames: [],
      read: () => plain(startedAt),
    },
    {
      name: 'kazasu_clock_timestamp_seconds',
      help: 'What the reader takes for the present time, in seconds since 1970.',
      labelNames: [],
      read: () => plain(clock.wall().getTime() / 1_000),
    },
    {
      name: 'kazasu_resident_memory_bytes',
      help: 'Memory that the program holds.',
      labelNames: [],
      read: () => plain(process.memoryUsage.rss()),
    },
  ];
}

export function addStanding(registry: Metrics['registry'], sources: StandingSources): void {
  for (const { name, help, labelNames, read } of families(sources)) {
    const gauge = new Gauge({ name, help, labelNames, registers: [registry], collect });

    async function collect(): Promise<void> {
      const samples = await read();
      gauge.reset();
      // Reset sets a gauge without labels to 0: what cannot be told is told of by silence.
      gauge.remove({});
      for (const [labels, value] of samples) gauge.set(labels, value);
    }
  }
}
