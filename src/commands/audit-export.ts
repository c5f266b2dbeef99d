/** `kazasu audit export` and `kazasu audit open`. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { composeExport, isSealingKey, openSealedFile, sealFile } from '../compose-records.ts';
import { readKey, writeNew, wrongFile } from './audit-files.ts';
import type { Outcome } from './sub-commands.ts';

export function auditExport(args: readonly string[]): Outcome {
  const options = { to: { type: 'string' }, 'seal-for': { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const wrong = wrongFile(positionals);
  if (wrong) return { wrong };
  if (values.to === undefined) return { wrong: '--to is missing' };
  const pem = values['seal-for'];
  const recipient = pem === undefined ? undefined : readKey(pem, 'public');
  if (typeof recipient === 'string') return { wrong: recipient };
  if (recipient && !isSealingKey(recipient)) return { wrong: `${pem} holds no X25519 key` };
  const [file = ''] = positionals;
  const copy = composeExport(file, recipient !== undefined);
  if (!copy.ok) {
    process.stderr.write(`${file} cannot be exported (${copy.fault.code}): ${copy.fault.detail ?? ''}\n`);
    return 1;
  }
  return writeNew(values.to, recipient ? sealFile(copy.value, recipient) : copy.value);
}

export function auditOpen(args: readonly string[]): Outcome {
  const options = { to: { type: 'string' }, key: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const wrong = wrongFile(positionals);
  if (wrong) return { wrong };
  if (values.to === undefined || values.key === undefined) return { wrong: '--key and --to are needed' };
  const key = readKey(values.key, 'private');
  if (typeof key === 'string') return { wrong: key };
  if (!isSealingKey(key)) return { wrong: `${values.key} holds no X25519 key` };
  const [file = ''] = positionals;
  const opened = openSealedFile(readFileSync(file), key);
  if (opened) return writeNew(values.to, opened);
  process.stderr.write(`${file} was not sealed for this key, or is not whole.\n`);
  return 1;
}
