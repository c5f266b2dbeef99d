/** What `card status` and `card portrait` share: how the module is named, found and let go, and how a fault is told. */
import { type CardReader, composeCardReader, type ModuleWish } from '../compose-card.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import type { Fault } from '../faults/result.ts';
import { askedToStop } from './asked-to-stop.ts';
import { baudRateOf } from './baud-rate.ts';

/** An exit status, or what is wrong with the words of the call. */
export type Outcome = number | { readonly wrong: string };

export const moduleOptions = {
  module: { type: 'string' },
  port: { type: 'string' },
  baud: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** @returns what is wished, or what is wrong with it */
export function moduleWish(words: { module?: string; port?: string; baud?: string }): ModuleWish | string {
  if (words.module === undefined) return '--module is missing: gem, acs, pn532, or auto to look for it';
  if (words.port === undefined) return '--port is missing: the device node, as /dev/ttyUSB0, or a simulator’s link';
  const baudRate = baudRateOf(words.baud);
  return typeof baudRate === 'string' ? baudRate : { module: words.module, port: words.port, baudRate };
}

/** What a technician can do about it. */
const advice: Readonly<Partial<Record<FaultCode, string>>> = {
  'CARD-101': 'There is no card, or it was taken away. Place it and run the command again.',
  'CARD-102': 'Something lies there, but no chip answers. Take it out of its case, turn it, clean it.',
  'CARD-103': 'A chip answers that cannot be a My Number card.',
  'CARD-104': 'The card or the line gave an answer that is not allowed. Try again; if it stays, look at the cable.',
  'CARD-106': 'The card face is not signed as it must be, or not under the root that is trusted. Nothing was written.',
  'CARD-107': 'The card refused 照合番号B. That has spent one of its tries: compare the digits before trying again.',
  'CARD-108': 'What was given cannot be 照合番号B: nothing was presented.',
  'CARD-111': 'Too few tries are left to present 照合番号B: nothing was presented. A municipal office resets them.',
  'FACE-404': 'The card has no portrait.',
  'MOD-201': 'No module answered on this port. Is it powered, wired to this port, and of this kind? --module auto looks for all.',
  'MOD-202': 'The port cannot be opened or is gone. Is the path right, and is nobody else using it?',
  'MOD-203': 'Something answers, but no module that is known here. Is the rate right (--baud)?',
};

export function tellFault({ code, detail }: Fault): void {
  const more = detail === undefined ? '' : ` (${detail})`;
  process.stderr.write(`${code}: ${advice[code] ?? ''}${more}\n`);
}

/** Does `work` with the card that lies there, and lets the module go whatever comes. Ctrl-C ends it. */
export async function withCardReader(
  wish: ModuleWish,
  work: (reader: CardReader, signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const stopping = new AbortController();
  void askedToStop().then(() => stopping.abort());
  const reader = await composeCardReader(wish, stopping.signal);
  if (!reader.ok && reader.fault.code === 'SYS-902') return { wrong: reader.fault.detail ?? '' };
  if (!reader.ok) {
    tellFault(reader.fault);
    return 1;
  }
  try {
    return await work(reader.value, stopping.signal);
  } finally {
    await reader.value.close();
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
