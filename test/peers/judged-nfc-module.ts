/** The simulated PN532 with a card on it, at the end of a pseudo-terminal that libnfc's programs open. */
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { createModulePeer } from '../../src/bench/module/create-peer.ts';
import type { ModulePeer, ModulePeerOptions } from '../../src/bench/module/module-peer.ts';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { systemClock } from '../../src/clock.ts';
import { type Finished, fileOf, type Program, run, runFile } from './programs.ts';
import type { Workshop } from './workshop.ts';

export type JudgedNfcModule = {
  readonly peer: ModulePeer;
  /** Runs one of libnfc's own programs on this module. */
  run(program: Program, ...args: readonly string[]): Promise<Finished>;
  /** Command APDUs in hexadecimal, sent by libnfc to the Type B card that it selects first. Returns the answers. */
  send(apdus: readonly string[]): Promise<string[]>;
  close(): Promise<void>;
};

export async function openJudgedNfcModule(
  workshop: Workshop,
  card: VirtualCard,
  { baudRate = 115_200, ...options }: Partial<ModulePeerOptions> = {},
): Promise<JudgedNfcModule> {
  fileOf('/usr/include/nfc/nfc.h', 'libnfc-dev');
  const apdusOverLibnfc = await workshop.build('apdus-over-libnfc.c', '-lnfc');
  const line = await openPty();
  const peer = createModulePeer('pn532', { wire: line.peer, clock: systemClock, baudRate, paced: false, ...options });
  peer.insert(card);
  const env = { LIBNFC_DEFAULT_DEVICE: `pn532_uart:${line.path}:${baudRate}`, LIBNFC_AUTO_SCAN: 'false' };
  return {
    peer,
    run: (program, ...args) => run(program, args, { env }),
    async send(apdus) {
      const input = apdus.map((apdu) => `${apdu.replaceAll(' ', '')}\n`).join('');
      const { code, stdout, stderr } = await runFile(apdusOverLibnfc, [], { env, input });
      if (code !== 0) throw new Error(`libnfc: ${stderr}`);
      return stdout.toString().trim().split('\n');
    },
    close: () => line.close(),
  };
}
