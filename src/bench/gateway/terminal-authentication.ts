/**
 * STAND-IN. The national terminal authentication is not public; this one has the shape that was seen in the wild
 * (select JPKI EF 0016, present a CV certificate, sign), with keys of the bench and a challenge step of our own.
 * It answers in three rounds, so that a card on a slow line is asked as few questions as possible:
 *
 *   round 0  → SELECT JPKI, SELECT 000A, READ BINARY (head of the certificate),
 *              SELECT 0016, 80 A2 06 C1 7F21…, GET CHALLENGE (16)
 *   round 1  → 80 A2 00 C1 5F37 82 01 00 signature, SELECT 000A, READ BINARY (the rest),
 *              SELECT 0017, 80 2A 00 80 DigestInfo(SHA-256(gateway challenge))
 *   round 2  → proved, or refused
 */
import { createHash } from 'node:crypto';
import type { HolderProof } from '../../reception/ports.ts';

/** The institution's terminal, as the card sees it. */
export type Terminal = {
  /** CV certificate, `7F21 …` */
  readonly certificate: Uint8Array;
  /** RSASSA-PKCS1-v1_5 with SHA-256, 256 bytes. */
  sign(data: Uint8Array): Uint8Array;
};

export type TerminalStep =
  | { readonly at: 'commands'; readonly commands: readonly Uint8Array[] }
  | { readonly at: 'signed'; readonly proof: HolderProof }
  | { readonly at: 'refused'; readonly message: string };

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

const SELECT_JPKI = bytes('00 A4 04 0C 0A D392F000260100000001');
const SELECT_AUTH_CERTIFICATE = bytes('00 A4 02 0C 02 000A');
const SELECT_TERMINAL_CA_KEY = bytes('00 A4 02 0C 02 0016');
const SELECT_AUTH_KEY = bytes('00 A4 02 0C 02 0017');
const READ_HEAD = bytes('00 B0 0000 00');
const GET_CHALLENGE = bytes('00 84 0000 10');
const SHA256_DIGEST_INFO = bytes('3031300D060960864801650304020105000420');

const CHUNK = 256;
/** A user certificate is about 1.3 kB; more than this is none. */
const LONGEST_CERTIFICATE = 4096;

/** One card's terminal authentication: takes what the card answered to the commands before, at first nothing. */
export function authenticateTerminal(
  terminal: Terminal,
  challenge: Uint8Array,
): (answers: readonly Uint8Array[]) => TerminalStep {
  let round = 0;
  let asked = 0;
  let head: Uint8Array = new Uint8Array();

  function ask(...commands: Uint8Array[]): TerminalStep {
    asked = commands.length;
    return { at: 'commands', commands };
  }

  function first(): TerminalStep {
    const present = extended('80 A2 06 C1', terminal.certificate);
    return ask(SELECT_JPKI, SELECT_AUTH_CERTIFICATE, READ_HEAD, SELECT_TERMINAL_CA_KEY, present, GET_CHALLENGE);
  }

  function second(data: readonly Uint8Array[]): TerminalStep {
    head = data[2] ?? head;
    const length = certificateLength(head);
    if (length === undefined) return refused('the card holds no certificate there');
    const signature = terminal.sign(data[5] ?? new Uint8Array());
    const possess = extended('80 A2 00 C1', Buffer.concat([bytes('5F37 820100'), signature]));
    return ask(possess, SELECT_AUTH_CERTIFICATE, ...readRest(length), SELECT_AUTH_KEY, signChallenge(challenge));
  }

  function third(data: readonly Uint8Array[]): TerminalStep {
    const signature = data.at(-1) ?? new Uint8Array();
    return { at: 'signed', proof: { certificate: Buffer.concat([head, ...data.slice(2, -2)]), signature } };
  }

  const rounds = [first, second, third];
  return (answers) => {
    const refusedAt = answers.findIndex((answer) => !succeeded(answer));
    if (refusedAt >= 0) return refused(`the card refused command ${refusedAt + 1} of round ${round - 1}`);
    const next = rounds[round++];
    if (!next || answers.length !== asked) return refused('answers that were not asked for');
    return next(answers.map((answer) => answer.subarray(0, -2)));
  };
}

function succeeded(answer: Uint8Array): boolean {
  return answer.at(-2) === 0x90 && answer.at(-1) === 0x00;
}

function refused(message: string): TerminalStep {
  return { at: 'refused', message };
}

/** Header, then extended Lc and data; no Le. */
function extended(header: string, data: Uint8Array): Uint8Array {
  return Buffer.concat([bytes(header), Uint8Array.of(0, data.length >> 8, data.length & 0xff), data]);
}

/** Of the whole certificate, from `30 82 LL LL`. */
function certificateLength(head: Uint8Array): number | undefined {
  const [tag, form, high = 0, low = 0] = head;
  if (tag !== 0x30 || form !== 0x82) return undefined;
  const length = 4 + high * 256 + low;
  return length > CHUNK && length <= LONGEST_CERTIFICATE ? length : undefined;
}

/** READ BINARY from the second chunk on; Le 00 is 256. */
function readRest(length: number): Uint8Array[] {
  const reads: Uint8Array[] = [];
  for (let at = CHUNK; at < length; at += CHUNK)
    reads.push(Uint8Array.of(0x00, 0xb0, at >> 8, at & 0xff, Math.min(CHUNK, length - at) & 0xff));
  return reads;
}

/** `80 2A 00 80 33 DigestInfo 00`: P1 00 pads what it is given. */
function signChallenge(challenge: Uint8Array): Uint8Array {
  const digestInfo = Buffer.concat([SHA256_DIGEST_INFO, createHash('sha256').update(challenge).digest()]);
  return Buffer.concat([bytes('80 2A 00 80 33'), digestInfo, Uint8Array.of(0)]);
}
