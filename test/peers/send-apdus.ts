/** Command APDUs in hexadecimal, sent by others' programs; what these print, read back into answers in upper case. */
import { writeFile } from 'node:fs/promises';
import type { JudgedReader } from './judged-reader.ts';
import type { Workshop } from './workshop.ts';

/** By OpenSC, after its own search for a driver. Returns data and status word of each. */
export async function sendByOpensc(reader: JudgedReader, apdus: readonly string[]): Promise<string[]> {
  return openscAnswers(await reader.succeed('opensc-tool', ...apdus.flatMap((apdu) => ['--send-apdu', bare(apdu)])));
}

/** By pcsc-tools, straight to pcscd. Returns data and status word of each. */
export async function sendByScriptor(reader: JudgedReader, workshop: Workshop, apdus: readonly string[]): Promise<string[]> {
  const script = workshop.path('script');
  await writeFile(script, `${apdus.map(bare).join('\n')}\n`);
  return scriptorAnswers(await reader.succeed('scriptor', script));
}

function bare(apdu: string): string {
  return apdu.replaceAll(' ', '');
}

/**
 * `opensc-tool --send-apdu`, one block a command:
 *
 *   Received (SW1=0x90, SW2=0x00):
 *   30 82 03 DA 30 82 02 C2 A0 03 02 01 02 02 10 4F 0...0..........O
 */
function openscAnswers(output: string): string[] {
  return output
    .split('Received ')
    .slice(1)
    .map((block) => {
      const [head = '', ...lines] = block.split('\n');
      const word = [...head.matchAll(/0x([0-9A-F]{2})/g)].map((match) => match[1]).join('');
      const dump = lines.map((line) => /^(?:[0-9A-F]{2} ){1,16}/.exec(line.slice(0, 48))?.[0] ?? '');
      return dump.join('').replaceAll(' ', '') + word;
    });
}

/**
 * `scriptor`, data and status word together, broken after 16 bytes:
 *
 *   < 30 82 03 DA 30 82 02 C2 A0 03 02 01 02 02 10 74
 *   8B 86 20 86 27 7B 90 00 : Normal processing.
 */
function scriptorAnswers(output: string): string[] {
  return [...output.matchAll(/^< ([0-9A-F\s]+):/gm)].map((match) => (match[1] ?? '').replaceAll(/\s/g, ''));
}
