/**
 * One line for the dock's log: the command's header, how many bytes went each way, and the status word. Bodies are
 * left out altogether: they hold PINs, names and pictures.
 */
export function apduLine(command: Uint8Array, answer: Uint8Array): string {
  const header = hex(command.subarray(0, 4));
  const sent = Math.max(0, command.length - 4);
  const received = Math.max(0, answer.length - 2);
  return `${header}  ${sent} B → ${received} B  ${hex(answer.subarray(-2)).replace(' ', '')}`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(' ');
}
