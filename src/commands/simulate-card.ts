/** `kazasu simulate-card`: a card module with a persona's card at the end of a line, until Ctrl-C or `quit`. */
import { parseArgs } from 'node:util';
import { composeSimulator, type ServedSimulator, type SimulatorWish, simulatorCatalogue } from '../compose-card.ts';
import { askedToStop } from './asked-to-stop.ts';
import { baudRateOf } from './baud-rate.ts';
import { faultAdvice } from './fault-advice.ts';

const USAGE = `usage: kazasu simulate-card --module gem|acs|pn532 --link PATH --persona ID
  --link PATH       makes a pseudo-terminal there; or --device PATH: a real serial port, cabled to another board
  --persona ID      whose card; "list" prints them (with --json as JSON)
  --variant NAME    of the gem family: GemPCTwin (which it is without), GemCorePOSPro, GemCoreSIMPro, SEC1210
  --baud N          speed of the line; --unpaced: bytes pass as fast as they can
  --fault KIND@APDU[:ARG]   may come several times; without @APDU it falls on the next command
  --control PATH    a Unix-domain socket for insert, remove, swap, fault …: printf 'help\\n' | nc -NU PATH
  --export DIR      writes certificates, portrait, persona.json and cv-root.pem
  --verbose         one line a command, without its contents
`;

/** @returns 0 when it was ended in order, 1 when the line was lost, 2 for a wrong call */
export async function simulateCard(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') return refuse(words);
  if (words.help) {
    const { faults } = await simulatorCatalogue();
    process.stdout.write(`${USAGE}\nKINDs of fault:\n${faults.map((line) => `  ${line}\n`).join('')}`);
    return 0;
  }
  if (words.persona === 'list') return listPersonas(words.json);
  const wish = wishOf(words);
  if (typeof wish === 'string') return refuse(wish);
  const asked = askedToStop();
  const simulator = await composeSimulator(wish);
  if (!simulator.ok) {
    const { code, detail = '' } = simulator.fault;
    if (code === 'SYS-902') return refuse(detail || code);
    process.stderr.write(`${code}: ${faultAdvice(simulator.fault)} (${detail})\n`);
    return 1;
  }
  try {
    process.stdout.write(greeting(simulator.value, wish));
    const end = await Promise.race([asked, simulator.value.ended]);
    process.stdout.write(end === 'line-gone' ? 'the serial port is gone\n' : 'stopping\n');
    return end === 'line-gone' ? 1 : 0;
  } finally {
    await simulator.value.close();
  }
}

type Words = NonNullable<Exclude<ReturnType<typeof parse>, string>>;

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    ...{ module: text, variant: text, link: text, device: text, persona: text, baud: text, control: text, export: text },
    ...{ unpaced: flag, verbose: flag, json: flag, help: flag },
    fault: { type: 'string', multiple: true, default: [] as string[] },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return (error as Error).message;
  }
}

/** @returns what is wished, or what is wrong with the words */
function wishOf(words: Words): SimulatorWish | string {
  const { module, variant, persona, link, device, control, unpaced, fault } = words;
  if (module === undefined) return '--module is missing: which module shall it be?';
  if (persona === undefined) return '--persona is missing: whose card shall lie there? "--persona list" prints them';
  const baudRate = baudRateOf(words.baud);
  if (typeof baudRate === 'string') return baudRate;
  const onApduLine = words.verbose ? (line: string) => process.stdout.write(`${line}\n`) : () => {};
  return {
    module,
    variant,
    persona,
    link,
    device,
    control,
    baudRate,
    paced: !unpaced,
    faults: fault,
    exportTo: words.export,
    onApduLine,
  };
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n${USAGE}`);
  return 2;
}

async function listPersonas(json: boolean): Promise<number> {
  const { personas } = await simulatorCatalogue();
  const lines = personas.map(({ id, kind, title }) => `${id.padEnd(22)} ${kind.padEnd(11)} ${title.en} (${title.ja})`);
  process.stdout.write(json ? `${JSON.stringify(personas)}\n` : `${lines.join('\n')}\n`);
  return 0;
}

function greeting({ status, verificationCodeB, controlPath, exported }: ServedSimulator, wish: SimulatorWish): string {
  const rate = wish.baudRate === undefined ? '' : ` --baud ${wish.baudRate}`;
  const reader = `npm run -s kazasu -- card`;
  // The reader of a real cable is at its other end, which only who plugged it in knows.
  const port = wish.device === undefined ? status.path : 'OTHER-END';
  const line = `--module ${status.module} --port ${port}${rate}`;
  const trust = wish.exportTo === undefined ? '--untrusted' : `--trust ${wish.exportTo}/cv-root.pem`;
  return [
    'Everything here is simulated: module, card, keys, certificates and codes; the person is invented.',
    `module ${status.module} at ${status.path}, card of ${status.card}`,
    ...(controlPath ? [`control socket: printf 'help\\n' | nc -NU ${controlPath}`] : []),
    ...(exported.length > 0 ? [`test values in ${wish.exportTo}: ${exported.join(', ')}`] : []),
    `try:  ${reader} status ${line}`,
    ...(verificationCodeB
      ? [`      ${reader} portrait ${line} --verification-code-b ${verificationCodeB} --out front.jp2 ${trust}`]
      : []),
    'Ctrl-C ends it and leaves nothing behind.',
    '',
  ].join('\n');
}
