import type { DockBench, DockCamera, DockView, GatewayMode } from '../../src/bench/dock/dock-bench.ts';
import type { DockPerson, Outside, OutsideView } from '../../src/bench/dock/outside.ts';
import { personas } from '../../src/bench/personas.ts';
import { ok, type Result } from '../../src/faults/result.ts';

/** A bench that keeps what the dock asked for and shows it again; nothing behind it. */
export class ScriptedDockBench implements DockBench {
  readonly outside: Outside = {
    register: (personaId, channel) => this.#changePerson(personaId, { channel: channel ?? null }),
    insureAs: (personaId, insuranceCase) => this.#changePerson(personaId, { insuranceCase }),
    reissue: async (personaId, card) => {
      this.#changePerson(personaId, { card });
      return ok();
    },
    setMaintenance: (part, on) => this.#changeOutside({ maintenance: on ? [{ part, until: '2026-04-01T13:00:00+09:00' }] : [] }),
    setTrouble: (change) => this.#changeOutside({ trouble: { ...this.#view.outside.trouble, ...change } }),
    setConsentItem: (item, asked) => {
      const { facility } = this.#view.outside;
      const others = facility.consentItems.filter((other) => other !== item);
      this.#changeOutside({ facility: { ...facility, consentItems: asked ? [...others, item] : others } });
    },
    setPrescription: (change) => this.#changeOutside({ facility: { ...this.#view.outside.facility, ...change } }),
    query: async (item) =>
      this.#changeOutside({ clinic: { patient: 'adult', answer: { item, outcome: 'no-consent' }, log: [] } }),
  };
  readonly issued: (readonly Uint8Array[])[] = [];
  issueAnswer: Result<void> = ok();
  #view: DockView;
  #listeners = new Set<() => void>();

  constructor(view: Partial<DockView> = {}) {
    this.#view = {
      personas: personas.map(({ id, title, kind }) => ({ id, title, kind })),
      camera: { kind: 'persona', personaId: 'adult' },
      gateway: { mode: 'normal', latencyMs: 1200 },
      outside: {
        people: personas.filter(({ kind }) => kind === 'my-number').map(({ id }) => ordinaryPerson(id)),
        maintenance: [],
        trouble: { inProgress: 0, abnormal: false, loseAnswers: 0 },
        facility: { consentItems: ['medicines', 'checkups'], electronicPrescription: '0', prescriptionAsked: '1' },
        clinic: { log: [] },
      },
      cable: 'plugged',
      light: 'ready',
      state: 'idle',
      apduLog: [],
      receptions: [],
      ...view,
    };
  }

  asksForService = 0;
  askForService(): void {
    this.asksForService++;
  }

  change(change: Partial<DockView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  view = () => this.#view;
  onChange = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  place = async (personaId: string) => this.change({ placed: personaId, state: 'reading', light: 'busy', cardTriesLeft: 3 });
  remove = () => {
    const { placed: _, cardTriesLeft: __, ...rest } = this.#view;
    this.#view = rest;
    this.change({ state: 'idle', light: 'ready' });
  };
  setCamera = (camera: DockCamera) => this.change({ camera });
  setGateway = (mode: GatewayMode) => this.change({ gateway: { ...this.#view.gateway, mode } });
  setLatency = (latencyMs: number) => this.change({ gateway: { ...this.#view.gateway, latencyMs } });
  setCable = (cable: 'plugged' | 'pulled') => this.change({ cable });
  issueOwn = async (pictures: readonly Uint8Array[]) => {
    this.issued.push(pictures);
    return this.issueAnswer;
  };

  #changeOutside(change: Partial<OutsideView>): void {
    this.change({ outside: { ...this.#view.outside, ...change } });
  }

  #changePerson(personaId: string, change: Partial<DockPerson>): void {
    const people = this.#view.outside.people.map((person) =>
      person.personaId === personaId ? { ...person, ...change } : person,
    );
    this.#changeOutside({ people });
  }
}

const ordinaryPerson = (personaId: string): DockPerson => ({
  personaId,
  channel: 'window',
  insuranceCase: 'ordinary',
  card: 'as-told',
});
