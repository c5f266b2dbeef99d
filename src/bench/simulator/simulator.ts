/** A card module with a persona's card, simulated at the byte at the end of a pseudo-terminal or of a real serial port. */
import type { ProtocolId } from '../../card/module/module-link.ts';
import type { Clock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { apduLine } from '../module/apdu-line.ts';
import { createModulePeer } from '../module/create-peer.ts';
import { createGemPeer } from '../module/gem-peer.ts';
import type { GemVariantName } from '../module/gem-variants.ts';
import type { CardDrawer, DrawnCard } from './card-drawer.ts';
import type { PlannedFault } from './fault-words.ts';
import { ruleOf } from './planned-faults.ts';
import { openSimulatedLine, type Place } from './simulated-line.ts';
import { createStopwatch } from './stopwatch.ts';

export type SimulatorOptions = {
  readonly clock: Clock;
  readonly protocol: ProtocolId;
  readonly place: Place;
  readonly drawer: CardDrawer;
  /** The card that lies there at first. */
  readonly card: DrawnCard;
  readonly baudRate?: number;
  readonly paced: boolean;
  readonly faults: readonly PlannedFault[];
  /** Which reader of the gem family; a GemPC Twin when absent. */
  readonly variant?: GemVariantName;
  /** Told of each command to the card and its answer, masked. */
  readonly onApduLine: (line: string) => void;
};

export type SimulatorStatus = {
  readonly simulated: true;
  readonly module: ProtocolId;
  readonly path: string;
  readonly pluggedIn: boolean;
  /** The persona whose card lies there; null when none does. */
  readonly card: string | null;
  readonly pinTriesLeft: number | null;
  /** 照合番号B of the card that lies there, a test value; null when it has none. */
  readonly verificationCodeB: string | null;
  /** Command APDUs since the simulator began. */
  readonly commands: number;
  /** What the simulated cards themselves took to compute. */
  readonly cardMs: number;
};

export type Simulator = {
  /** Aborts when the serial port is gone. */
  readonly ended: AbortSignal;
  /** Puts a card in: that of the persona, or the one that was there last. Faults: SYS-902 (no such persona, or one lies there). */
  insert(personaId?: string): Promise<Result<void>>;
  /** Exchanges the card for another one within a moment. Faults: SYS-902. */
  swap(personaId: string): Promise<Result<void>>;
  remove(): void;
  /** Takes the card away in the middle of whatever is being said. */
  tear(): void;
  /** Restarts the module. */
  reset(): void;
  addFault(planned: PlannedFault): void;
  clearFaults(): void;
  /** Faults: SYS-902 on a real serial port, or when the link cannot be made again. */
  unplug(): Promise<Result<void>>;
  plugIn(): Promise<Result<void>>;
  status(): SimulatorStatus;
  close(): Promise<void>;
};

/** Faults: SYS-902 (no link can be made there), MOD-202 (the serial port cannot be opened). */
export async function openSimulator(options: SimulatorOptions): Promise<Result<Simulator>> {
  const { clock, protocol, paced, baudRate, drawer } = options;
  const opened = await openSimulatedLine(options.place, protocol, baudRate);
  if (!opened.ok) return opened;
  const line = opened.value;
  const stopwatch = createStopwatch(clock);
  const peerOptions = {
    wire: line.peer,
    clock,
    // A real line has its own speed.
    paced: paced && 'link' in options.place,
    ...(baudRate !== undefined && { baudRate }),
    onApdu(command: Uint8Array, answer: Uint8Array) {
      commands++;
      options.onApduLine(apduLine(command, answer));
    },
  };
  let commands = 0;
  const { variant } = options;
  const peer = variant ? createGemPeer({ ...peerOptions, variant }) : createModulePeer(protocol, peerOptions);
  let last = options.card;
  let pluggedIn = true;

  function lay(drawn: DrawnCard): void {
    last = drawn;
    peer.insert(stopwatch.time(drawn.card));
  }

  async function drawAndLay(personaId: string): Promise<Result<void>> {
    const drawn = await drawer.draw(personaId);
    if (!drawn.ok) return drawn;
    lay(drawn.value);
    return ok();
  }

  async function setPlugged(wanted: boolean): Promise<Result<void>> {
    const { cable } = line;
    if (!cable) return failed('SYS-902', 'a real serial port is unplugged by hand');
    try {
      await (wanted ? cable.plugIn() : cable.unplug());
    } catch (error) {
      // Somebody has put something at the path meanwhile, or taken its folder away.
      return failed(
        'SYS-902',
        `${line.path} cannot be made (${(error as NodeJS.ErrnoException).code}): make room and plug in again`,
      );
    }
    pluggedIn = wanted;
    return ok();
  }

  function addFault(planned: PlannedFault): void {
    peer.faults.add(ruleOf(planned, protocol, () => commands));
  }

  for (const planned of options.faults) addFault(planned);
  lay(options.card);
  return ok({
    ended: line.ended,
    async insert(personaId = last.persona.id) {
      return peer.occupied ? failed('SYS-902', 'a card lies there already: remove it, or swap') : drawAndLay(personaId);
    },
    swap: drawAndLay,
    remove: () => peer.remove(),
    tear: () => peer.tear(),
    reset: () => peer.reset(),
    addFault,
    clearFaults: () => peer.faults.clear(),
    unplug: () => setPlugged(false),
    plugIn: () => setPlugged(true),
    status: () => ({
      simulated: true,
      module: protocol,
      path: line.path,
      pluggedIn,
      card: peer.occupied ? last.persona.id : null,
      pinTriesLeft: (peer.occupied ? last.card.holder?.pinTriesLeft() : undefined) ?? null,
      verificationCodeB: (peer.occupied ? last.card.holder?.verificationCodeB : undefined) ?? null,
      commands,
      cardMs: stopwatch.totalMs,
    }),
    async close() {
      peer.remove();
      await line.close();
    },
  });
}
