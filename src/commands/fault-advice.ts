/** What a technician can do about a fault of card, module or serial port. */
import type { FaultCode } from '../faults/catalogue.ts';
import type { Fault } from '../faults/result.ts';

const general: Readonly<Partial<Record<FaultCode, string>>> = {
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

type Special = { readonly code: FaultCode; readonly detail: RegExp; readonly advice: string };

const ADAPTERS = 'Adapters that are plugged in: ls -l /dev/serial/by-id';

/** Where the detail, often the operating system's own words, tells more. */
const special: readonly Special[] = [
  {
    code: 'CARD-104',
    detail: /has no card face/,
    advice: 'This is no card with a portrait on its chip, but a smartphone or a card of another kind. Nothing was presented.',
  },
  { code: 'MOD-202', detail: /no such file/i, advice: `Nothing is at this path. ${ADAPTERS}` },
  {
    code: 'MOD-202',
    detail: /inappropriate ioctl|is a directory/i,
    advice: `What is at this path is no serial port. ${ADAPTERS}`,
  },
  { code: 'MOD-202', detail: /cannot lock|busy/i, advice: 'Another program has this port open. Which one: fuser -v PATH' },
  {
    code: 'MOD-202',
    detail: /permission denied/i,
    advice: 'This user may not open the port. On Debian: sudo adduser USER dialout, then log in anew.',
  },
];

/** Returns one line, empty where nothing is known. */
export function faultAdvice({ code, detail = '' }: Fault): string {
  return special.find((each) => each.code === code && each.detail.test(detail))?.advice ?? general[code] ?? '';
}
