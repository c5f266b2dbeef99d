import type {
  AuditCopy,
  DeskNow,
  DeskReception,
  DeskSource,
  Glyphs,
  PartHealth,
  PendingQuery,
} from '../../src/desk/desk-source.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { FacilityOptions } from '../../src/reception/facility-options.ts';

/** A reader that shows the desk what a test tells it to, and remembers what the desk asked of it. */
export class ScriptedDeskSource implements DeskSource {
  readonly approvals: { receptionId: string; approver: string }[] = [];
  readonly changes: { settings: FacilityOptions; by: string }[] = [];
  readonly glyphsOf = new Map<string, Glyphs>();
  exportAnswer: Result<AuditCopy> = ok({ fileName: 'audit-KZ000001.sqlite', bytes: Buffer.from('an audit log') });
  #now: DeskNow = { state: 'idle', since: '2026-04-01T00:00:00Z', asksStaff: false, cardLeft: false };
  #receptions: readonly DeskReception[] = [];
  #pending: readonly PendingQuery[] = [];
  #health: readonly PartHealth[] = [];
  #settings: FacilityOptions = { consentItems: ['medicines', 'checkups'], visual: true, disaster: false, pad: 'scrambled' };
  readonly #listeners = new Set<() => void>();

  get listeners(): number {
    return this.#listeners.size;
  }

  show(what: {
    now?: DeskNow;
    receptions?: readonly DeskReception[];
    pending?: readonly PendingQuery[];
    health?: readonly PartHealth[];
  }): void {
    this.#now = what.now ?? this.#now;
    this.#receptions = what.receptions ?? this.#receptions;
    this.#pending = what.pending ?? this.#pending;
    this.#health = what.health ?? this.#health;
    for (const listener of [...this.#listeners]) listener();
  }

  receptions = (limit: number) => this.#receptions.slice(0, limit);
  now = () => this.#now;
  pending = () => this.#pending;
  health = () => this.#health;
  settings = () => this.#settings;
  glyphs = (receptionId: string) => this.glyphsOf.get(receptionId);
  exportAudit = () => Promise.resolve(this.exportAnswer);

  approve(receptionId: string, approver: string): Result<void> {
    if (this.#now.approvable !== receptionId) return failed('STAFF-854');
    this.approvals.push({ receptionId, approver });
    const { approvable: _, ...now } = this.#now;
    this.show({ now: { ...now, state: 'proving', asksStaff: false } });
    return ok();
  }

  change(settings: FacilityOptions, by: string): Result<void> {
    this.#settings = settings;
    this.changes.push({ settings, by });
    this.show({});
    return ok();
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
