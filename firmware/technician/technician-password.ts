/** `firmware technician-password`: the hash of a technician's password, for the site files of the readers they look after. */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { hashTechnicianPassword } from '../../src/technician/password.ts';

const USAGE = `usage: firmware technician-password
  Reads 8 to 12 digits from standard input and prints what a site file takes as technician.password:
  "technician": { "password": "scrypt$…" }
`;

/** @returns 0 when the hash was printed, 2 when these are not 8 to 12 digits */
export async function technicianPassword(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    const asked = args[0] === '--help';
    (asked ? process.stdout : process.stderr).write(USAGE);
    return asked ? 0 : 2;
  }
  if (process.stdin.isTTY) process.stderr.write('Password (8 to 12 digits, shown as they are typed): ');
  const hash = await hashTechnicianPassword(Buffer.from(await firstLine(), 'latin1'), randomBytes);
  if (hash.ok) process.stdout.write(`${hash.value}\n`);
  else process.stderr.write(`${hash.fault.detail}\n${USAGE}`);
  return hash.ok ? 0 : 2;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line.trim();
  return '';
}
