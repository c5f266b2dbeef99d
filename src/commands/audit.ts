/** `kazasu audit`: the audit log of a reader, for auditors and for support; the reader itself is not needed. */
import { auditExport, auditOpen } from './audit-export.ts';
import { auditReplay } from './audit-replay.ts';
import { auditVerify } from './audit-verify.ts';
import { runSubCommand } from './sub-commands.ts';

const USAGE = `usage: kazasu audit verify FILE [--checkpoint FILE] [--key PEM] [--json]
       kazasu audit export FILE --to FILE [--seal-for PEM]
       kazasu audit open   FILE --key PEM --to FILE
       kazasu audit replay FILE --reception ID [--json]
  FILE     a reader's store, an exported log, or an archived part of one that was opened
  verify   tells whether the log is as it was written, or names the first entry that is not
           --checkpoint FILE   what the gateway holds of the reader, or an earlier "verify --json" printed and was
                               kept elsewhere: it alone shows a cut end
           --key PEM           the public key that the reader signs its log with
  export   writes the log, without receptions and results, to a file of its own
           --seal-for PEM      X25519 public key: only its holder can open the file
  open     opens a sealed export or archive with the X25519 private key
  replay   one reception told from the log, without ids, dates and names
`;

/** @returns 0 when the log is whole or the work done, 1 when not, 2 for a wrong call or a file that cannot be read */
export const audit = (args: readonly string[]): Promise<number> =>
  runSubCommand(
    { of: 'audit', usage: USAGE, commands: { verify: auditVerify, export: auditExport, open: auditOpen, replay: auditReplay } },
    args,
  );
