/**
 * The virtual My Number card: a state machine over its applications that answers every command APDU as the card
 * does. Which application and EF are selected, which secrets are verified, the last challenge and the terminal's
 * authentication go with the power; the first three and the last also with the next SELECT of an application.
 */
import type { KeyObject } from 'node:crypto';
import type { Application } from './application.ts';
import { concat, hex, u16 } from './bytes.ts';
import { type Command, parseCommand } from './command.ts';
import { FileSelection } from './file-selection.ts';
import type { Secret } from './secret.ts';
import { bytesToSign, signPadded } from './signing.ts';
import { SW } from './status-word.ts';
import { TerminalAuthentication } from './terminal-authentication.ts';
import { type CardHolder, noStatistics, type VirtualCard } from './virtual-card.ts';

/** The contact ATR of issued cards: T=1, F 372 / D 4, IFSC 251, BWI 4, CWI 6. */
const ATR = hex('3B DA 13 FF 81 31 FB 46 80 12 39 2F 31 C1 73 C6 01 C0 3B');

const SIGNATURE_LENGTH = 256;
const LONGEST_ENTRY = 16;

export class MyNumberCard implements VirtualCard {
  readonly statistics = noStatistics();
  readonly holder: CardHolder;
  readonly #selection: FileSelection;
  readonly #userPin: Secret;
  readonly #random: (length: number) => Uint8Array;
  readonly #terminal = new TerminalAuthentication();
  #challenge: Uint8Array | undefined;
  /** What GET RESPONSE fetches after a 61XX. */
  #waiting: Uint8Array | undefined;

  constructor(parts: {
    readonly applications: readonly Application[];
    readonly userPin: Secret;
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
        return this.#readBinary(command);
      case 0x0020:
        return u16(this.#verify(command));
      case 0x0084:
        return this.#getChallenge(command);
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

  #readBinary({ p1, p2, le }: Command): Uint8Array {
    const byShortIdentifier = (p1 & 0x80) !== 0;
    const file = byShortIdentifier ? this.#selection.fileBy(p1) : (this.#selection.file ?? SW.noFileSelected);
    if (typeof file === 'number') return u16(file);
    if (file.kind !== 'data') return u16(SW.wrongFileKind);
    if (file.opensTo.length > 0 && !file.opensTo.some((secret) => secret.verified)) return u16(SW.securityStatus);
    if (le === undefined) return u16(SW.wrongLength);
    const offset = byShortIdentifier ? p2 : (p1 << 8) | p2;
    if (offset >= file.bytes.length) return u16(SW.wrongOffset);
    return concat(file.bytes.subarray(offset, offset + le), u16(SW.ok));
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
    if (le === undefined || le > 256) return u16(SW.wrongLength);
    this.#challenge = this.#random(le);
    return concat(this.#challenge, u16(SW.ok));
  }

  #sign({ p1, p2, data, le }: Command): Uint8Array {
    const key = this.#signingKey(p2);
    if (typeof key === 'number') return u16(key);
    const bytes = bytesToSign(p1, data);
    if (bytes === 'unknown-form') return u16(SW.wrongParameters);
    if (bytes === 'wrong-length') return u16(SW.wrongLength);
    if (bytes === 'not-a-hash') return u16(SW.wrongData);
    this.statistics.signatures++;
    const signature = signPadded(key, bytes);
    if (le !== undefined) return this.#give(signature, le);
    this.#waiting = signature;
    return u16(SW.moreWaiting);
  }

  #signingKey(p2: number): KeyObject | number {
    // Active authentication: 券面事項確認 signs with the card's own key, free of any secret.
    if (p2 === 0x00) return this.#selection.application?.ownKey ?? SW.wrongParameters;
    const file = this.#selection.fileBy(p2);
    if (typeof file === 'number') return file;
    if (file.kind !== 'signing-key') return SW.wrongFileKind;
    const allowed = file.opensTo.verified || (file.terminal && this.#terminal.passed);
    return allowed ? file.key : SW.securityStatus;
  }

  #give(signature: Uint8Array, le: number | undefined): Uint8Array {
    return le === undefined || le < SIGNATURE_LENGTH ? u16(SW.wrongLe) : concat(signature, u16(SW.ok));
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
