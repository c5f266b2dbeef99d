/**
 * The world of a reader, simulated at the byte: a virtual card behind a module peer on a line, a gateway behind
 * TLS, recorded or live pictures, a panel that shows itself on the dock. It says of itself that it is simulated.
 */
import { createPrintedFront } from '../card/front/printed-front.ts';
import type { ProtocolId } from '../card/module/module-link.ts';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { WaitLog } from '../reception/ports.ts';
import type { World } from '../world.ts';
import { issueCard } from './card/issue-card.ts';
import { encodeJp2 } from './card/jp2.ts';
import type { VirtualCard } from './card/virtual-card.ts';
import { personaWith } from './card-states.ts';
import { OWN_PERSONA } from './dock/dock-bench.ts';
import type { CardState } from './dock/outside.ts';
import { BenchCamera } from './faces/bench-camera.ts';
import { type Portrait, portraitOf } from './faces/persona-faces.ts';
import { benchDesign } from './front/bench-design.ts';
import type { ConditionKind } from './front/condition.ts';
import type { FrontPrint } from './front/draw-front.ts';
import { FrontCamera, picturesOf, printOf } from './front/front-camera.ts';
import { type BenchGateway, createBenchGateway } from './gateway/bench-gateway.ts';
import { apduLine } from './module/apdu-line.ts';
import { createModulePeer } from './module/create-peer.ts';
import { type Line, memoryLine, ptyLine } from './module/line.ts';
import type { ModulePeer } from './module/module-peer.ts';
import { BenchPanel } from './panel.ts';
import { type Persona, personaById, personas } from './personas.ts';
import { type BenchPki, createBenchPki } from './pki/bench-pki.ts';

export type BenchOptions = {
  readonly clock: Clock;
  readonly waits: WaitLog;
  readonly random: (length: number) => Uint8Array;
  readonly readerId: string;
  /** Which kind of card module stands between card and reader. */
  readonly module: ProtocolId;
  readonly baudRate: number;
  readonly gatewayLatencyMs: number;
  /** A PTY and TLS as the product meets them; or both in memory, for tests on simulated time. */
  readonly joins: 'real' | 'memory';
  /** Called when real work begins, and what it returned when the work has ended: a simulated clock must not run ahead. */
  readonly hold?: () => () => void;
};

const PORTRAIT_BYTES = 5_000;

export class Bench {
  readonly camera: BenchCamera;
  readonly front: FrontCamera;
  /** In which condition the fronts of the cards are that are placed from now on. */
  frontCondition: ConditionKind = 'usual';
  readonly panel = new BenchPanel();
  /** Told each command to the card and its answer, masked. */
  onApduLine: (line: string) => void = () => {};
  readonly gateway: BenchGateway;
  readonly peer: ModulePeer;
  readonly pki: BenchPki;
  readonly readerId: string;
  readonly #clock: Clock;
  readonly #hold: BenchOptions['hold'];
  readonly #line: Line;
  readonly #issued: VirtualCard[] = [];
  /** The one that each persona has now. */
  readonly #cards = new Map<string, VirtualCard>();
  readonly #prints = new Map<string, FrontPrint | undefined>();
  readonly #origin: string;
  readonly #joins: BenchOptions['joins'];
  readonly #module: ProtocolId;
  readonly #baudRate: number;
  #placed: { readonly personaId: string; readonly card: VirtualCard } | undefined;

  static async open(options: BenchOptions): Promise<Bench> {
    const { clock, random } = options;
    const pki = await createBenchPki({ now: clock.wall() });
    const gateway = createBenchGateway({
      pki,
      people: personas,
      clock,
      random,
      now: () => clock.wall(),
      latency: { eligibilityMs: options.gatewayLatencyMs },
    });
    const origin = options.joins === 'real' ? (await gateway.listen()).origin : 'https://gateway.invalid';
    const line = options.joins === 'real' ? await ptyLine() : memoryLine();
    return new Bench(options, pki, gateway, origin, line, await FrontCamera.open(clock));
  }

  private constructor(
    options: BenchOptions,
    pki: BenchPki,
    gateway: BenchGateway,
    origin: string,
    line: Line,
    front: FrontCamera,
  ) {
    const { clock, waits, baudRate } = options;
    this.#clock = clock;
    this.#hold = options.hold;
    this.front = front;
    this.readerId = options.readerId;
    this.#joins = options.joins;
    this.#module = options.module;
    this.#baudRate = baudRate;
    this.#origin = origin;
    this.#line = line;
    this.pki = pki;
    this.gateway = gateway;
    this.camera = new BenchCamera({ clock, random: options.random, hold: options.hold });
    this.peer = createModulePeer(options.module, {
      wire: line.peer,
      clock,
      baudRate,
      waits,
      onApdu: (command, answer) => this.onApduLine(apduLine(command, answer)),
    });
  }

  get placed(): { readonly personaId: string; readonly card: VirtualCard } | undefined {
    return this.#placed;
  }

  /** Every card that was issued here. */
  cards(): readonly VirtualCard[] {
    return this.#issued;
  }

  /** What a reader on this bench stands in. */
  async world(): Promise<World> {
    const { gateway, pki } = this;
    return {
      openLine: this.#line.openLine,
      module: { path: this.#line.path, protocol: this.#module, baudRate: this.#baudRate },
      trustedCvKeys: [pki.cv.rootKey],
      camera: this.camera,
      panel: this.panel,
      simulated: true,
      gateway: {
        origin: this.#origin,
        tls: { ca: pki.tls.ca, crl: pki.tls.crl(), ...(await pki.tls.issueDevice(this.readerId)) },
        ...(this.#joins === 'memory' && { request: gateway.requestAs(this.readerId) }),
      },
      // Really read, from pictures that are drawn.
      front: {
        ...createPrintedFront({ camera: this.front, design: benchDesign, clock: this.#clock, hold: this.#hold }),
        simulated: true,
      },
    };
  }

  /** Puts a persona's card on the reader; it is issued at its first use and keeps its counters until the bench ends. */
  async place(personaId: string): Promise<Result<void>> {
    const persona = personaById(personaId);
    const card = this.#cards.get(personaId) ?? (persona && (await this.#issue(persona)));
    if (!card) return failed('SYS-902', `there is no persona "${personaId}"`);
    const front = await picturesOf(this.#prints.get(personaId), this.frontCondition);
    this.remove();
    this.front.lay(front);
    this.#placed = { personaId, card };
    this.peer.insert(card);
    return ok();
  }

  /** The front of the card that lies there, seen in another condition from now on. */
  async turnFront(kind: ConditionKind): Promise<void> {
    if (this.#placed) this.front.lay(await picturesOf(this.#prints.get(this.#placed.personaId), kind));
  }

  remove(): void {
    if (!this.#placed) return;
    this.#placed = undefined;
    this.front.clear();
    this.peer.remove();
  }

  /** Issues a test card with this portrait to the adult persona's data; it lives as long as the bench. */
  async issueOwn(portrait: Portrait): Promise<void> {
    const adult = personaById('adult') as Persona;
    // A branch number of its own, or a clinic's query would find the adult.
    const insurer = { ...adult.insurer, branch: '09' };
    const own: Persona = { ...adult, id: OWN_PERSONA, name: '自分　試用', kana: 'ｼﾞﾌﾞﾝ ｼﾖｳ', face: undefined, insurer };
    this.gateway.addPerson(own);
    await this.#issueTo(own, portrait);
  }

  /** Issues another card in place of a persona's, taking that from the reader; with `renewed`, one not used before. */
  async reissue(personaId: string, as: CardState): Promise<Result<void>> {
    const persona = personaById(personaId);
    if (persona?.kind !== 'my-number') return failed('SYS-902', `no card can be issued to "${personaId}" again`);
    if (this.#placed?.personaId === personaId) this.remove();
    await this.#issue(personaWith(as, persona), as === 'renewed');
    return ok();
  }

  /** Pulls the cable between module and reader. */
  unplug(): Promise<void> {
    return this.#line.unplug();
  }

  plugIn(): Promise<void> {
    return this.#line.plugIn();
  }

  async close(): Promise<void> {
    this.remove();
    await Promise.all([this.gateway.close(), this.#line.close()]);
  }

  async #issue(persona: Persona, renewed = persona.renewed): Promise<VirtualCard> {
    return this.#issueTo(persona, persona.face === undefined ? undefined : await portraitOf(persona.face), renewed);
  }

  async #issueTo(persona: Persona, portrait: Portrait | undefined, renewed = false): Promise<VirtualCard> {
    const portraitJp2 = portrait
      ? await encodeJp2(portrait.grey, portrait.width, portrait.height, PORTRAIT_BYTES)
      : new Uint8Array(0);
    const now = this.#clock.wall();
    const card = await issueCard(persona, this.pki, { portraitJp2, now });
    const { holder } = card;
    if (holder) {
      const { certificateDer } = holder;
      this.gateway.issueCard({ personaId: persona.id, certificateDer, as: persona, portrait: portrait !== undefined }, renewed);
    }
    this.#issued.push(card);
    this.#cards.set(persona.id, card);
    // Somebody's own portrait is not drawn: the pictures of a front are kept.
    this.#prints.set(persona.id, printOf(persona, persona.face === undefined ? undefined : portrait, now));
    return card;
  }
}
