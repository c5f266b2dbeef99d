/** `kazasu card status`: what a module and its card say of themselves without a code. */
import { parseArgs } from 'node:util';
import { hex, moduleOptions, moduleWish, tellFault, withCardReader } from './card-reader.ts';
import type { Outcome } from './sub-commands.ts';

export async function cardStatus(args: readonly string[]): Promise<Outcome> {
  const words = parse(args);
  const wish = moduleWish(words);
  if (typeof wish === 'string') return { wrong: wish };
  return withCardReader(wish, async (reader, signal) => {
    const status = await reader.readStatus(signal);
    if (!status.ok) {
      tellFault(status.fault, signal);
      return 1;
    }
    const { slot, atr } = reader.card;
    const report = {
      module: reader.moduleName,
      port: wish.port,
      baudRate: reader.line?.baudRate,
      slot: { number: slot, kind: reader.slotKind },
      atr: hex(atr),
      ...status.value,
    };
    process.stdout.write(words.json ? `${JSON.stringify(report)}\n` : plain(report));
    return 0;
  });
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: moduleOptions }).values;
}

/** One line a fact; what is nested is indented. */
function plain(report: object, indent = ''): string {
  return Object.entries(report)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      if (Array.isArray(value)) return `${indent}${name}: ${value.join(', ')}\n`;
      if (typeof value !== 'object') return `${indent}${name}: ${value}\n`;
      return 'left' in value ? `${indent}${name}: ${tries(value)}\n` : `${indent}${name}:\n${plain(value, `${indent}  `)}`;
    })
    .join('');
}

function tries({ left, of }: { left: number | null; of?: number | null }): string {
  return left === null ? 'not counted' : `${left} of ${of ?? 'an unknown number'}`;
}
