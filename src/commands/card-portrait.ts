/** `kazasu card portrait`: the card face read and checked once, and what it cost on the line. */
import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type CardReader, readRootKey, readVerificationCodeB } from '../compose-card.ts';
import { hex, moduleOptions, moduleWish, tellFault, withCardReader } from './card-reader.ts';
import { showProgress } from './progress.ts';
import type { Outcome } from './sub-commands.ts';

export async function cardPortrait(args: readonly string[]): Promise<Outcome> {
  const words = parse(args);
  const wish = moduleWish(words);
  if (typeof wish === 'string') return { wrong: wish };
  if (words.trust !== undefined && words.untrusted) return { wrong: 'give either --trust FILE or --untrusted' };
  const root = words.trust === undefined ? undefined : readRootKey(words.trust);
  if (root && !root.ok) return { wrong: root.fault.detail ?? '' };
  const noPlace = words.out === undefined ? undefined : whyNotThere(words.out);
  if (noPlace) return { wrong: noPlace };
  const word = words['verification-code-b'];
  if (word === undefined) return { wrong: '--verification-code-b is missing: 14 digits, or - to read them from standard input' };
  const code = readVerificationCodeB(word === '-' ? (await text(process.stdin)).trim() : word);
  if (!code.ok) return { wrong: `--verification-code-b: ${code.fault.detail}` };

  return withCardReader(wish, async (reader, signal) => {
    process.stderr.write(
      'Presenting 照合番号B once. A wrong one spends one of the card’s ten tries; below five it is not presented.\n',
    );
    const stopShowing = showProgress(() => `${reader.receivedBytes} bytes received`);
    const reading = await reader.readPortrait({ verificationCodeB: code.value, root: root?.value }, signal);
    stopShowing();
    if (!reading.ok) {
      tellFault(reading.fault, signal);
      return 1;
    }
    const { portraitJp2, ...cost } = reading.value;
    const allowed = root !== undefined || words.untrusted;
    const unwritten = words.out === undefined || !allowed ? undefined : write(words.out, portraitJp2);
    const written = words.out !== undefined && allowed && unwritten === undefined;
    const report = reportOf(reader, cost, portraitJp2.length, root !== undefined, written ? words.out : undefined);
    portraitJp2.fill(0);
    if (!root)
      process.stderr.write('The root that certified this card was NOT checked (no --trust): the card may be anybody’s making.\n');
    process.stdout.write(words.json ? `${JSON.stringify(report)}\n` : plain(report));
    if (words.out === undefined || written) return 0;
    const untrusted = 'Nothing was written: give --trust FILE, or --untrusted to have it all the same.';
    process.stderr.write(`${unwritten ?? untrusted}\n`);
    return 1;
  });
}

/** What is known to be wrong with a file to write before anything was presented to a card. */
function whyNotThere(path: string): string | undefined {
  const at = resolve(path);
  try {
    if (statSync(at, { throwIfNoEntry: false })?.isDirectory()) return `--out: ${at} is a folder. Name a file in it.`;
    accessSync(dirname(at), constants.W_OK);
    return undefined;
  } catch (error) {
    return `--out: nothing can be written in ${dirname(at)} (${(error as NodeJS.ErrnoException).code}). Choose another place.`;
  }
}

/** Returns what hindered it. */
function write(path: string, portraitJp2: Uint8Array): string | undefined {
  try {
    writeFileSync(path, portraitJp2, { mode: 0o600 });
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `The portrait was read, but ${path} cannot be written (${code}). Choose another place and run the command again.`;
  }
}

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const;
  const options = {
    ...moduleOptions,
    ...{ 'verification-code-b': string, out: string, trust: string },
    untrusted: { type: 'boolean', default: false },
  } as const;
  return parseArgs({ args: [...args], options }).values;
}

type Cost = { commands: number; sentBytes: number; receivedBytes: number; wireMs: number; totalMs: number };

function reportOf(reader: CardReader, cost: Cost, portraitBytes: number, trusted: boolean, written: string | undefined) {
  const { line } = reader;
  return {
    module: reader.moduleName,
    slot: { number: reader.card.slot, kind: reader.slotKind },
    atr: hex(reader.card.atr),
    line: line && { baudRate: line.baudRate, bitsPerCharacter: 1 + line.dataBits + line.stopBits },
    portraitBytes,
    commands: cost.commands,
    sentBytes: cost.sentBytes,
    receivedBytes: cost.receivedBytes,
    wireMs: round(cost.wireMs),
    totalMs: round(cost.totalMs),
    ratio: round(cost.wireMs / cost.totalMs),
    checked: { cardFaceSignature: true, ownKey: true, root: trusted ? 'trusted' : 'not checked' },
    written: written ?? null,
  };
}

function plain({ module, slot, line, portraitBytes, commands, sentBytes, receivedBytes, ...rest }: ReturnType<typeof reportOf>) {
  return [
    `module     ${module}, ${slot.kind} slot ${slot.number}, ${line?.baudRate} baud, ${line?.bitsPerCharacter} bits a character`,
    `portrait   ${portraitBytes} bytes${rest.written ? `, written to ${rest.written}` : ''}`,
    `line       ${commands} commands, ${sentBytes} bytes out, ${receivedBytes} bytes in`,
    `time       ${rest.totalMs} ms in all; the line alone takes ${rest.wireMs} ms for these bytes (ratio ${rest.ratio})`,
    `checked    signature of the card face, the card’s own key; root: ${rest.checked.root}`,
    '',
  ].join('\n');
}

const round = (value: number) => Math.round(value * 1000) / 1000;
