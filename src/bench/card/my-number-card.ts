/**
 * The virtual My Number card: a state machine over its applications that answers every command APDU as the card
 * does. Which application and EF are selected, which secrets are verified, the last challenge and the terminal's
 * authentication go with the power; the first three and the last also with the next SELECT of an application.
 */
import type { Application } from './application.ts';
import { concat, hex, u16 } from './bytes.ts';
import { type Command, parseCommand } from './command.ts';
import { FileSelection } from './file-selection.ts';
import { getData, readBinary, readRecord } from './reading.ts';
import type { Secret } from './secret.ts';
import type { Signer } from './signing.ts';
import { SW } from './status-word.ts';
import { TerminalAuthentication } from './terminal-authentication.ts';
import { type CardHolder, type Contactless, noStatistics, type VirtualCard } from './virtual-card.ts';

/** The contact ATR of issued cards: T=1, F 372 / D 4, IFSC 251, BWI 4, CWI 6. */
const ATR = hex('3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B');

/** ATQB as cards of this kind answer: 212 and 424 kbit/s both ways, frames of 256, FWI 10, CID. */
const CONTACTLESS: Contactless = {
  kind: 'type-b',
  applicationData: hex('00 00 05 E0'),
  protocolInfo: hex('B3 81 A1'),
};

const LONGEST_ENTRY = 16;
const LONGEST_SHORT_ANSWER = 256;

export class MyNumberCard implements VirtualCard {
  readonly statistics = noStatistics();
  readonly contactless = CONTACTLESS;
  readonly holder: CardHolder;
  readonly #selection: FileSelection;
  readonly #userPin: Secret | undefined;
  readonly #random: (length: number) => Uint8Array;
  readonly #terminal = new TerminalAuthentication();
  #challenge: Uint8Array | undefined;
  /** What GET RESPONSE fetches after a 61XX. */
  #waiting: Uint8Array | undefined;

  constructor(parts: {
    readonly applications: readonly Application[];
    readonly userPin: Secret | undefined;
    readonly holder: CardHolder;
    readonly random: (length: number) => Uint8Array;
  }) {
    this.#selection = new FileSelection(parts.applications, () => {
      this.#terminal.forget();
      this.#challenge = undefined;
    });
    this.#userPin = parts.userPin;
    this.#random = parts.random;
    this.holder = parts.holder;
  }

  powerOn(): Uint8Array {
    this.powerOff();
    return ATR;
  }

  powerOff(): void {
    this.#selection.reset();
    this.#waiting = undefined;
  }

  answer(apdu: Uint8Array): Uint8Array {
    this.statistics.commands++;
    const command = parseCommand(apdu);
    if (command === undefined) return u16(SW.wrongLength);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (command.cla !== 0x00 && command.cla !== 0x80) return u16(SW.unknownClass);
    switch ((command.cla << 8) | command.ins) {
      case 0x00a4:
        return u16(this.#selection.select(command));
      case 0x00b0:
        return readBinary(this.#selection, command);
      case 0x00b2:
        return readRecord(this.#selection, command);
      case 0x00ca:
        return getData(this.#selection, command, ATR);
      case 0x0020:
        return u16(this.#verify(command));
      case 0x0084:
        return this.#getChallenge(command);
      case 0x0088:
        return this.#authenticateInternally(command);
      case 0x00c0:
        return waiting ? this.#give(waiting, command.le) : u16(SW.conditionsNotMet);
      case 0x802a:
        return this.#sign(command);
      case 0x80a2:
        return u16(this.#authenticateTerminal(command));
      default:
        return u16(SW.unknownInstruction);
    }
  }

  #authenticateInternally({ p1, p2, data, le }: Command): Uint8Array {
    const file = p1 === 0x00 ? this.#selection.fileBy(p2) : SW.wrongParameters;
    if (typeof file === 'number') return u16(file);
    if (file.kind === 'signing-key') return u16(SW.securityStatus);
    if (file.kind !== 'authentication-key') return u16(SW.wrongFileKind);
    if (data.length === 0) return u16(SW.wrongLength);
    return this.#signWith(file.sign, 0x00, data, le);
  }

  #verify({ p1, p2, data }: Command): number {
    if (p1 !== 0x00) return SW.wrongParameters;
    const file = this.#selection.fileBy(p2);
    if (typeof file === 'number') return file;
    if (file.kind !== 'secret') return SW.wrongFileKind;
    if (data.length === 0) return file.secret.counterWord();
    if (data.length > LONGEST_ENTRY) return SW.wrongLength;
    this.statistics.verifies++;
    if (file.secret === this.#userPin) this.statistics.pinVerifies++;
    if (file.secret.blocked) this.statistics.verifiesWhileBlocked++;
    return file.secret.verify(data);
  }

  #getChallenge({ p1, p2, le }: Command): Uint8Array {
    if (p1 !== 0x00 || p2 !== 0x00) return u16(SW.wrongParameters);
    if (le === undefined) return u16(SW.wrongLength);
    if (le > LONGEST_SHORT_ANSWER) return u16(SW.conditionsNotMet);
    this.#challenge = this.#random(le);
    return concat(this.#challenge, u16(SW.ok));
  }

  #sign({ p1, p2, data, le }: Command): Uint8Array {
    const key = this.#signingKey(p2);
    return typeof key === 'number' ? u16(key) : this.#signWith(key, p1, data, le);
  }

  #signWith(sign: Signer, p1: number, data: Uint8Array, le: number | undefined): Uint8Array {
    const signature = sign(p1, data);
    if (typeof signature === 'number') return u16(signature);
    this.statistics.signatures++;
    if (le !== undefined) return this.#give(signature, le);
    this.#waiting = signature;
    return u16(SW.moreWaiting | (signature.length & 0xff));
  }

  #signingKey(p2: number): Signer | number {
    // Active authentication: the 券面 applications sign with a key of the card's own, free of any secret.
    if (p2 === 0x00) return this.#selection.application?.ownKey ?? SW.wrongParameters;
    const file = this.#selection.fileBy(p2);
    if (typeof file === 'number') return file;
    if (file.kind !== 'signing-key') return SW.wrongFileKind;
    const allowed = file.opensTo === undefined || file.opensTo.verified || (file.terminal && this.#terminal.passed);
    return allowed ? file.sign : SW.securityStatus;
  }

  #give(signature: Uint8Array, le: number | undefined): Uint8Array {
    const fits = le !== undefined && le >= signature.length;
    return fits ? concat(signature, u16(SW.ok)) : u16(SW.wrongLe | (signature.length & 0xff));
  }

  #authenticateTerminal({ p1, p2, data }: Command): number {
    if (p2 !== 0xc1) return SW.wrongParameters;
    const { file } = this.#selection;
    if (file === undefined) return SW.noFileSelected;
    if (file.kind !== 'terminal-ca-key') return SW.wrongFileKind;
    if (p1 === 0x06) return this.#terminal.presentCertificate(data, file.key);
    if (p1 !== 0x00) return SW.wrongParameters;
    const challenge = this.#challenge;
    this.#challenge = undefined;
    return this.#terminal.presentSignature(data, challenge);
  }
}
