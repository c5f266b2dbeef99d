/** `kazasu gateway`: the bench's eligibility gateway alone, until Ctrl-C; `kazasu gateway pki`: its keys. */
import { parseArgs } from 'node:util';
import { composeGateway, composePki, type ServedGateway } from '../compose-gateway.ts';
import { askedToStop } from './asked-to-stop.ts';

const USAGE = `usage: kazasu gateway --config FILE          serves on 127.0.0.1 until Ctrl-C
       kazasu gateway pki --to DIR [--reader ID …]   makes the folder of keys and certificates that it needs
  FILE is JSON: { "pki": "DIR", "port": 7443, "database": "gateway.sqlite",
                  "latencyMs": { "least": 3000, "most": 7000 },
                  "enrolment": { "port": 7444, "tokens": [{ "readerId": "KZ000001", "token": "22 or more random characters" }] },
                  "maintenance": [{ "part": "jpki", "from": "03:00", "until": "04:00" }] }   only "pki" must be there
`;
const READER_ID = /^[A-Z0-9]{4,16}$/;

/** @returns 0 when it was ended in order, 1 when it could not be started, 2 for a wrong call */
export async function gateway(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') return refuse(words);
  const { values, positionals } = words;
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const [made, ...more] = positionals;
  if (more.length > 0 || (made !== undefined && made !== 'pki')) return refuse(`There is no "gateway ${positionals.join(' ')}".`);
  if (made === 'pki') return makePki(values.to, values.reader);
  return values.config === undefined ? refuse('--config is missing') : serve(values.config);
}

function parse(args: readonly string[]) {
  const options = {
    config: { type: 'string' },
    to: { type: 'string' },
    reader: { type: 'string', multiple: true, default: ['KZ000001'] as string[] },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    return (error as Error).message;
  }
}

async function makePki(folder: string | undefined, readers: readonly string[]): Promise<number> {
  if (folder === undefined) return refuse('--to is missing: which folder shall be made?');
  const wrong = readers.find((reader) => !READER_ID.test(reader));
  if (wrong !== undefined) return refuse(`--reader: "${wrong}" is not four to sixteen of A–Z and 0–9`);
  const result = await composePki(folder, readers);
  if (!result.ok) return fail(result.fault);
  process.stdout.write(`Simulated keys and certificates in ${folder}, for readers ${readers.join(', ')}. Keep none of them.\n`);
  return 0;
}

async function serve(configPath: string): Promise<number> {
  const asked = askedToStop();
  const served = await composeGateway(configPath);
  if (!served.ok) return fail(served.fault);
  try {
    process.stdout.write(greeting(served.value));
    await asked;
    process.stdout.write('stopping\n');
    return 0;
  } finally {
    await served.value.close();
  }
}

function greeting({ origin, enrolUrl, pki, readers, people }: ServedGateway): string {
  const [reader = 'ID'] = readers;
  const trace = `traceparent: 00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`;
  return [
    `Everything here is simulated: ${people} invented people, their insurance, keys and certificates.`,
    `gateway at ${origin}, for readers ${readers.join(', ')}`,
    ...(enrolUrl === undefined ? [] : [`new readers are enrolled at ${enrolUrl}`]),
    `try:  curl --cacert ${pki}/tls-ca.pem --cert ${pki}/readers/${reader}.pem --key ${pki}/readers/${reader}.key.pem \\`,
    `      -H '${trace}' ${origin}/v1/health`,
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n${USAGE}`);
  return 2;
}

function fail({ code, detail = '' }: { readonly code: string; readonly detail?: string }): number {
  process.stderr.write(`${code}: ${detail}\n`);
  return 1;
}
