/** `kazasu audit verify`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type AuditReason, type AuditVerdict, verifyAudit } from '../compose-records.ts';
import { readKey, wrongFile } from './audit-files.ts';
import type { Outcome } from './sub-commands.ts';

const reasons: Readonly<Record<AuditReason, string>> = {
  gap: 'is missing, or out of its order',
  'broken-link': 'does not follow from the entry before',
  changed: 'was changed',
  'bad-signature': 'was signed, but not by this key',
  unsigned: 'and those after it should have been signed by the reader and are not',
  'cut-off': 'was there once: the end of the log was cut off',
  archived: 'lies in a part that was archived: verify that file with this checkpoint',
  unreadable: 'cannot be read: the file is no audit log, or damaged',
};

export function auditVerify(args: readonly string[]): Outcome {
  const options = { checkpoint: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const [file = ''] = positionals;
  const wrong = wrongFile(positionals);
  if (wrong) return { wrong };
  const key = values.key === undefined ? undefined : readKey(values.key, 'public');
  if (typeof key === 'string') return { wrong: key };
  if (key && key.asymmetricKeyType !== 'ed25519') return { wrong: `${values.key} holds no Ed25519 key` };
  const held = values.checkpoint === undefined ? undefined : readCheckpoint(values.checkpoint);
  if (typeof held === 'string') return { wrong: held };
  const verdict = verifyAudit(file, { held, key });
  process.stdout.write(values.json ? `${JSON.stringify(verdict)}\n` : plain(verdict, key !== undefined));
  return verdict.ok ? 0 : 1;
}

function plain(verdict: AuditVerdict, keyGiven: boolean): string {
  if (!verdict.ok) return `Entry ${verdict.seq} ${reasons[verdict.reason]}.\n`;
  const { entries, from, head, signedUpTo } = verdict;
  const archived = from > 1 ? ` Entries before ${from} were archived.` : '';
  const signed = keyGiven ? ` Signed up to entry ${signedUpTo}.` : ' Signatures were not checked (--key).';
  return `The log is whole: ${entries} entries, the last is ${head.seq} (${head.hash}).${archived}${signed}\n`;
}

/** What `verify --json` printed, or a checkpoint as the reader gives it; or what is wrong with it. */
function readCheckpoint(path: string): { readonly seq: number; readonly hash: string } | string {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8'));
    const { seq, hash } = kept.head ?? kept;
    if (Number.isSafeInteger(seq) && seq >= 0 && /^[0-9a-f]{64}$/.test(hash)) return { seq, hash };
  } catch {
    // Told below, as any other file that is none.
  }
  return `${path} holds no checkpoint`;
}
