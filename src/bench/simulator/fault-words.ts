/**
 * Faults as a technician writes them:
 *
 *   KIND[@APDU][:ARG]     lose-answer@7   delay@3:800   noise:0055   slot-error@4:FB
 *
 * APDU counts the commands that reached the card since the module was powered, from 1; without it the next one is meant.
 */
import { failed, ok, type Result } from '../../faults/result.ts';
import type { PeerFault } from '../module/faults.ts';

type Kind = {
  readonly help: string;
  /** How ARG is written; absent where there is none. */
  readonly argument?: string;
  /** Undefined when ARG cannot be read. */
  readonly make: (argument: string) => PeerFault | undefined;
};

const kinds: { readonly [K in PeerFault['kind']]: Kind } = {
  mute: { help: 'no answer', make: () => ({ kind: 'mute' }) },
  nak: {
    help: 'the frame is refused',
    argument: 'with acs: the reason, FF checksum, FE length, FD end; else nothing',
    make: (argument) => (argument === '' ? { kind: 'nak' } : withHex(argument, 1, ([status = 0]) => ({ kind: 'nak', status }))),
  },
  reset: { help: 'the module restarts', make: () => ({ kind: 'reset' }) },
  'lose-answer': { help: 'the card does it, the answer never comes', make: () => ({ kind: 'lose-answer' }) },
  tear: { help: 'the card is gone before the command reaches it', make: () => ({ kind: 'tear' }) },
  'tear-after': { help: 'the card does it and is gone', make: () => ({ kind: 'tear-after' }) },
  'slot-error': {
    help: 'the module reports an error instead of the answer',
    argument: 'FE mute, FD parity, FB hardware',
    make: (argument) => withHex(argument, 1, ([error = 0]) => ({ kind: 'slot-error', error })),
  },
  'wrong-check-byte': { help: 'the check byte of the frame is wrong', make: () => ({ kind: 'wrong-check-byte' }) },
  'wrong-block-check': { help: 'the check byte of the T=1 block is wrong', make: () => ({ kind: 'wrong-block-check' }) },
  'drop-bytes': {
    help: 'bytes of the answer are missing',
    argument: 'FROM+COUNT, FROM below 0 counts from the end',
    make(argument) {
      const [from, count] = (/^-?\d{1,3}\+\d{1,3}$/.test(argument) ? argument : '').split('+').map(Number);
      return from === undefined || !count ? undefined : { kind: 'drop-bytes', from, count };
    },
  },
  noise: {
    help: 'bytes that belong to nothing',
    argument: 'HEX before the answer, or after=HEX',
    make(argument) {
      const where = argument.startsWith('after=') ? 'after' : 'before';
      return withHex(argument.replace('after=', ''), 64, (bytes) => ({ kind: 'noise', bytes, where }));
    },
  },
  duplicate: { help: 'the answer comes twice', make: () => ({ kind: 'duplicate' }) },
  'stale-sequence': { help: 'an answer to the command before comes first', make: () => ({ kind: 'stale-sequence' }) },
  delay: {
    help: 'the answer comes later',
    argument: 'MS',
    make: (argument) => withNumber(argument, (ms) => ({ kind: 'delay', ms })),
  },
  'time-extension': {
    help: 'the module asks for more time by CCID messages',
    argument: 'TIMES',
    make: (argument) => withNumber(argument, (times) => ({ kind: 'time-extension', times })),
  },
  'time-request': {
    help: 'the module asks for more time by lone bytes',
    argument: 'TIMES',
    make: (argument) => withNumber(argument, (times) => ({ kind: 'time-request', times })),
  },
};

/** What shall go wrong, and on which command to the card, from 1; without it on the next one. */
export type PlannedFault = { readonly fault: PeerFault; readonly at?: number };

/** One line a kind. */
export const faultHelp: readonly string[] = Object.entries(kinds).map(
  ([name, { help, argument }]) => `${name.padEnd(18)} ${help}${argument ? ` (ARG: ${argument})` : ''}`,
);

/** Faults: SYS-902, whose detail says what is wrong and what there is. */
export function readFault(words: string): Result<PlannedFault> {
  const [, name = '', at, argument = ''] = /^([a-z-]+)(?:@(\d{1,6}))?(?::(.*))?$/.exec(words) ?? [];
  if (!isKind(name)) {
    return failed('SYS-902', `there is no fault "${name || words}". Known: ${Object.keys(kinds).join(', ')}`);
  }
  if (at !== undefined && Number(at) < 1) return failed('SYS-902', `${words}: commands are counted from 1`);
  const kind = kinds[name];
  const fault = kind.argument !== undefined || argument === '' ? kind.make(argument) : undefined;
  if (!fault) return failed('SYS-902', `${words}: ${kind.argument ? `ARG must be ${kind.argument}` : `${name} takes no ARG`}`);
  return ok({ fault, ...(at !== undefined && { at: Number(at) }) });
}

function isKind(name: string): name is PeerFault['kind'] {
  return Object.hasOwn(kinds, name);
}

function withHex(argument: string, most: number, make: (bytes: Uint8Array) => PeerFault): PeerFault | undefined {
  const right = /^(?:[0-9A-Fa-f]{2})+$/.test(argument) && argument.length <= 2 * most;
  return right ? make(Uint8Array.from(Buffer.from(argument, 'hex'))) : undefined;
}

function withNumber(argument: string, make: (value: number) => PeerFault): PeerFault | undefined {
  const value = /^\d{1,6}$/.test(argument) ? Number(argument) : 0;
  return value > 0 ? make(value) : undefined;
}
