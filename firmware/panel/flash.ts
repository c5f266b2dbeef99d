/** Writes a program into the panel through its bootloader, by avrdude, and says plainly what went wrong. */
import { execFile } from 'node:child_process';

export type Flashed = { readonly ok: true } | { readonly ok: false; readonly message: string };

const BOUND_MS = 120_000;
/** To be heard by the bootloader, five seconds each: avrdude's own ten are a minute before a technician reads what is wrong. */
const ATTEMPTS = 3;

/** What avrdude writes when it fails, and what that means at a bench. A board that is silent is also one that it cannot open. */
const meanings: readonly (readonly [RegExp, (port: string) => string])[] = [
  [
    /not in sync|not responding|out of sync|protocol error/i,
    (port) =>
      `Nothing that can be programmed answers at ${port}. Press the board's reset key and try once more; a bought board may want its own bootloader's speed (--baud 115200); a new controller has no bootloader yet (firmware/panel/README.md).`,
  ],
  [
    /can.?t open|unable to open|cannot open/i,
    (port) =>
      `${port} cannot be opened. Is the panel's cable in, and is it this port? A reader that runs holds the port: stop it first. Who flashes must be in the group dialout.`,
  ],
  [
    /verif|mismatch/i,
    (port) =>
      `What was written to the panel at ${port} is not what is read back. Try once more; if it happens again the controller is worn out or badly fed: change the board.`,
  ],
  [/signature/i, (port) => `The controller at ${port} is no ATmega328P: this program is not for it.`],
];

/** Writes and reads back; returns when the new program has been started. `hex` is an Intel HEX file. */
export function flashPanel({ port, hex, baudRate }: { port: string; hex: string; baudRate: number }): Promise<Flashed> {
  const line = ['-P', port, '-b', String(baudRate), '-x', `attempts=${ATTEMPTS}`];
  const args = ['-q', '-c', 'arduino', '-p', 'm328p', ...line, '-D', '-U', `flash:w:${hex}:i`];
  return new Promise((resolve) => {
    execFile('avrdude', args, { timeout: BOUND_MS }, (error, _, said) => {
      if (error === null) resolve({ ok: true });
      else if (error.code === 'ENOENT') fail('avrdude is missing: apt-get install --no-install-recommends avrdude');
      else if (error.killed) fail(`avrdude has not ended within ${BOUND_MS / 1000} s. Pull the panel's cable and try once more.`);
      else fail(meanings.find(([words]) => words.test(said))?.[1](port) ?? `avrdude failed.`, said);

      function fail(message: string, details = ''): void {
        resolve({ ok: false, message: `${message}\n${details}`.trim() });
      }
    });
  });
}
