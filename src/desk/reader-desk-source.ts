/** The reader as its desk sees it: what runs, what was recorded, what is to be asked again. */
import type { Result } from '../faults/result.ts';
import type { PendingRow, ReceptionRow } from '../reception/ports.ts';
import type { QualificationValidity } from '../reception/qualification.ts';
import type { Reader } from '../reception/reader.ts';
import { visualOpen } from '../reception/rules.ts';
import type { State } from '../reception/state.ts';
import type { AuditCopy, DeskReception, DeskSource, PartHealth } from './desk-source.ts';
import type { KeptFacilityOptions } from './facility-options.ts';
import type { KeptStaffNews } from './staff-news.ts';

export type ReaderDeskOptions = {
  readonly reader: Pick<Reader, 'state' | 'approve' | 'onChange'>;
  /** Newest first. */
  readonly recent: (limit: number) => Result<readonly (ReceptionRow & { readonly delivered: boolean })[]>;
  readonly pending: () => Result<readonly PendingRow[]>;
  /** How often the gateway was asked for a reception that waits, and when it is asked again. */
  readonly asking: { attempts(receptionId: string): number; nextAt(): Date | undefined };
  readonly health: () => readonly PartHealth[];
  readonly exportAudit: (signal: AbortSignal) => Promise<Result<AuditCopy>>;
  readonly options: KeptFacilityOptions;
  readonly news: KeptStaffNews;
  readonly now: () => Date;
  /** Calls `listener` when health or hand-over may have changed. */
  readonly watch: (listener: () => void) => () => void;
};

/** From so many reminders on a card counts as left behind. */
const LEFT_AFTER = 2;
/** Of so many receptions the certificate's end is remembered; it is not part of the record. Negative days: since it ended. */
const MOST_REMEMBERED = 200;

export function createReaderDeskSource(options: ReaderDeskOptions): DeskSource & { close(): void } {
  const { reader, recent, pending, asking, news, now } = options;
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const certificates = new Map<string, Pick<DeskReception, 'certificateDays' | 'graceDays'>>();
  const startedAt = new Map<string, string>();
  let before: State['at'] = reader.state.at;
  let since = now().toISOString();

  const stops = [
    options.watch(changed),
    options.options.watch(changed),
    reader.onChange((state) => {
      if (state.at !== before) since = now().toISOString();
      before = state.at;
      if ('reception' in state) remember(state.reception);
      changed();
    }),
  ];

  function remember({ id, certificateDays, grace }: Extract<State, { reception: unknown }>['reception']): void {
    if (!startedAt.has(id)) startedAt.set(id, now().toISOString());
    if (certificateDays !== undefined) certificates.set(id, { certificateDays });
    if (grace) certificates.set(id, { certificateDays: -grace.past, graceDays: grace.left });
    for (const map of [startedAt, certificates]) for (const old of [...map.keys()].slice(0, -MOST_REMEMBERED)) map.delete(old);
  }

  const noted = (receptionId: string) => ({
    warnings: news.warnings(receptionId),
    hasGlyphs: news.glyphs(receptionId) !== undefined,
    ...certificates.get(receptionId),
  });

  const whoAndWhat = ({
    receptionId,
    method,
    approver,
    given,
  }: Pick<ReceptionRow, 'receptionId' | 'method' | 'approver' | 'given'>) => ({
    ...{ receptionId, method, given },
    ...(approver === undefined ? {} : { approver }),
    ...noted(receptionId),
  });

  function running(known: ReadonlySet<string>): readonly DeskReception[] {
    const { state } = reader;
    if (!('reception' in state) || known.has(state.reception.id)) return [];
    const { id } = state.reception;
    const outcome = state.at === 'stopped' ? state.code : 'running';
    const method = 'method' in state ? { method: state.method } : {};
    return [{ receptionId: id, startedAt: startedAt.get(id) ?? since, ...method, outcome, ...noted(id) }];
  }

  const pendingRows = () => {
    const rows = pending();
    return rows.ok ? rows.value : [];
  };

  return {
    receptions(limit) {
      const rows = recent(limit);
      const accepted = rows.ok ? rows.value.map(acceptedOf) : [];
      const waiting = pendingRows().map(waitingOf);
      const kept = [...accepted, ...waiting].sort((left, right) => right.startedAt.localeCompare(left.startedAt));
      const known = new Set(kept.map(({ receptionId }) => receptionId));
      return [...running(known), ...kept].slice(0, limit);
    },
    now() {
      const { state } = reader;
      const approvable = visualOpen(state) && 'reception' in state ? { approvable: state.reception.id } : {};
      const asksStaff = state.at === 'asking-staff' || state.at === 'stopped' || state.at === 'unavailable';
      return {
        state: state.at,
        since,
        asksStaff,
        ...approvable,
        cardLeft: state.at === 'take-card' && state.reminders >= LEFT_AFTER,
      };
    },
    approve: (receptionId, approver) => reader.approve(receptionId, approver),
    glyphs: news.glyphs,
    pending() {
      const nextAt = asking.nextAt()?.toISOString();
      return pendingRows().map(({ receptionId, startedAt, code }) => ({
        ...{ receptionId, startedAt: startedAt.toISOString(), code, attempts: asking.attempts(receptionId) },
        ...(nextAt === undefined ? {} : { nextAt }),
      }));
    },
    health: options.health,
    settings: options.options.options,
    change: (settings) => options.options.change(settings),
    exportAudit: options.exportAudit,
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const stop of stops) stop();
    },
  };

  function acceptedOf(row: ReceptionRow & { readonly delivered: boolean }): DeskReception {
    return {
      ...whoAndWhat(row),
      startedAt: row.startedAt.toISOString(),
      acceptedAt: row.acceptedAt.toISOString(),
      outcome: row.outcome,
      validity: row.validity as QualificationValidity,
      handOver: row.delivered ? 'handed-over' : 'will-be-handed-over',
    };
  }

  function waitingOf(row: PendingRow): DeskReception {
    return { ...whoAndWhat(row), startedAt: row.startedAt.toISOString(), outcome: 'pending' };
  }
}
