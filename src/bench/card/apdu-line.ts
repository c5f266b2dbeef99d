import { parseCommand } from './command.ts';

/** Names by class and instruction. */
const names: Readonly<Record<number, string>> = {
  164: 'SELECT',
  176: 'READ BINARY',
  32: 'VERIFY',
  132: 'GET CHALLENGE',
  192: 'GET RESPONSE',
  32810: 'SIGN',
  32930: 'AUTHENTICATE TERMINAL',
};

/** Only what these carry may be shown: file and application identifiers. */
const SELECT = 0x00a4;

/** One line of a bench log for an exchange. PINs, certificates and files show as their lengths only. */
export function describeExchange(apdu: Uint8Array, answer: Uint8Array): string {
  const command = parseCommand(apdu);
  if (command === undefined) return `malformed (${apdu.length} bytes) → ${hexOf(answer.slice(-2))}`;
  const instruction = (command.cla << 8) | command.ins;
  const name = names[instruction] ?? 'unknown';
  const data =
    command.data.length === 0 ? '' : instruction === SELECT ? ` ${hexOf(command.data)}` : ` (${command.data.length} bytes)`;
  const returned = answer.length > 2 ? ` (${answer.length - 2} bytes)` : '';
  return `${name} ${hexOf(apdu.slice(0, 4))}${data} →${returned} ${hexOf(answer.slice(-2))}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}
