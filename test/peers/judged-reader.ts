/** The simulated GemPC reader with a card in it, at the end of a pseudo-terminal that pcscd has opened. */
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { createGemPeer, type GemPeerOptions } from '../../src/bench/module/gem-peer.ts';
import type { ModulePeer } from '../../src/bench/module/module-peer.ts';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { systemClock } from '../../src/clock.ts';
import { startPcscd } from './pcscd.ts';
import { type Finished, type Program, run, succeed } from './programs.ts';
import type { Workshop } from './workshop.ts';

export type JudgedReader = {
  readonly peer: ModulePeer;
  readonly env: Record<string, string>;
  /** Runs a client of this reader's pcscd. */
  run(program: Program, ...args: readonly string[]): Promise<Finished>;
  /** As `run`, for one that must succeed. Returns its standard output. */
  succeed(program: Program, ...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export async function openJudgedReader(
  workshop: Workshop,
  card: VirtualCard,
  { variant = 'GemPCTwin', ...options }: Partial<GemPeerOptions> = {},
): Promise<JudgedReader> {
  const line = await openPty();
  const peer = createGemPeer({
    wire: line.peer,
    clock: systemClock,
    paced: false,
    variant,
    ...options,
  });
  peer.insert(card);
  const pcscd = await startPcscd(workshop, line.path, variant).catch(async (error) => {
    await line.close();
    throw error;
  });
  return {
    peer,
    env: pcscd.env,
    run: (program, ...args) => run(program, args, { env: pcscd.env }),
    succeed: async (program, ...args) => (await succeed(program, args, { env: pcscd.env })).toString(),
    async close() {
      await pcscd.stop();
      await line.close();
    },
  };
}
