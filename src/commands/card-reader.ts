/** What `card status` and `card portrait` share: how the module is named, found and let go, and how a fault is told. */
import { type CardReader, composeCardReader, type ModuleWish } from '../compose-card.ts';
import { moduleKinds, readConfig } from '../config.ts';
import type { Fault } from '../faults/result.ts';
import { askedToStop } from './asked-to-stop.ts';
import { baudRateOf } from './baud-rate.ts';
import { faultAdvice } from './fault-advice.ts';
import type { Outcome } from './sub-commands.ts';

export const moduleOptions = {
  module: { type: 'string' },
  port: { type: 'string' },
  baud: { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

type ModuleWords = { readonly module?: string; readonly port?: string; readonly baud?: string; readonly config?: string };

/**
 * What the words wish, and where they say nothing the configuration's `module`, if one is named.
 * @returns what is wished, or what is wrong with it
 */
export function moduleWish(words: ModuleWords): ModuleWish | string {
  const config = words.config === undefined ? undefined : readConfig(words.config);
  if (config && !config.ok) return `--config: ${config.fault.detail}`;
  const fixed = config?.value.module;
  const named = words.module ?? fixed?.protocol;
  const port = words.port ?? fixed?.path;
  if (named === undefined) return `--module is missing: ${moduleKinds.join(', ')}, or auto to look for it`;
  const module = (['auto', ...moduleKinds] as const).find((each) => each === named);
  if (!module) return `--module: there is no module "${named}". Known: auto, ${moduleKinds.join(', ')}`;
  if (!port) return '--port is missing: the device node, as /dev/ttyUSB0, or a simulator’s link';
  const baudRate = baudRateOf(words.baud) ?? fixed?.baudRate;
  return typeof baudRate === 'string' ? baudRate : { module, port, baudRate };
}

/** @param signal when it has been aborted, what came of that is not told as a fault of card or module */
export function tellFault(fault: Fault, signal: AbortSignal): void {
  const more = fault.detail === undefined ? '' : ` (${fault.detail})`;
  process.stderr.write(signal.aborted ? 'Interrupted.\n' : `${fault.code}: ${faultAdvice(fault)}${more}\n`);
}

/** Does `work` with the card that lies there, and lets the module go whatever comes. Ctrl-C ends it. */
export async function withCardReader(
  wish: ModuleWish,
  work: (reader: CardReader, signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const stopping = new AbortController();
  void askedToStop().then(() => stopping.abort());
  const reader = await composeCardReader(wish, stopping.signal);
  if (!reader.ok) {
    tellFault(reader.fault, stopping.signal);
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
