/** `kazasu card`: looks at the card on a module, for technicians; no reception, nothing kept. */
import { cardPortrait } from './card-portrait.ts';
import { cardStatus } from './card-status.ts';
import { runSubCommand } from './sub-commands.ts';

const USAGE = `usage: kazasu card status   --module gem|acs|pn532|auto --port PATH [--baud N] [--json]
       kazasu card portrait --module gem|acs|pn532|auto --port PATH [--baud N] [--json]
                            --verification-code-b DIGITS [--trust FILE | --untrusted] [--out FILE]
  --config FILE   module, port and rate from a reader's configuration, where they are not given here
  status     module, ATR, applications, certificate dates, tries left; spends no try
  portrait   presents 照合番号B once, reads and checks the card face, tells what it cost on the line
  --verification-code-b DIGITS   14 digits; "-" reads them from standard input, where nobody else can see them
  --trust FILE    the root's public key (PEM); without it the card's certificate is not known to be genuine,
                  and the portrait is written only with --untrusted
`;

/** @returns 0 when everything asked for was done, 1 when card or module did not allow it, 2 for a wrong call */
export const card = (args: readonly string[]): Promise<number> =>
  runSubCommand({ of: 'card', usage: USAGE, commands: { status: cardStatus, portrait: cardPortrait } }, args);
