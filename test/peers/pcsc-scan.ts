/** pcsc_scan at work: it prints each movement of a card as it happens. */
import { spawn } from 'node:child_process';
import type { JudgedReader } from './judged-reader.ts';
import { pathOf } from './programs.ts';

const BOUND_MS = 60_000;

export type PcscScan = {
  /** Resolves once it has told of this state of the first slot, since the last that was waited for; with the ATR of a card. */
  shows(state: 'Card inserted' | 'Card removed'): Promise<string | undefined>;
  stop(): Promise<void>;
};

export function watchByPcscScan(reader: JudgedReader): PcscScan {
  const env = { ...process.env, ...reader.env };
  const child = spawn(pathOf('pcsc_scan'), ['-n'], { env, stdio: ['ignore', 'pipe', 'inherit'], timeout: BOUND_MS });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let unread = '';
  let look = (): void => {};
  child.stdout.on('data', (bytes: Buffer) => {
    unread += bytes.toString();
    look();
  });
  return {
    shows(state) {
      // One block a slot: whatever it says of others is passed over.
      const atr = state === 'Card inserted' ? ' *ATR: (.*)\\n' : '';
      const pattern = new RegExp(`Reader 0: .*\\n *Event number: .*\\n *Card state: ${state}, *\\n${atr}`);
      return new Promise((resolve, reject) => {
        look = () => {
          const match = pattern.exec(unread);
          if (match === null) return;
          unread = unread.slice(match.index + match[0].length);
          look = () => {};
          resolve(match[1]);
        };
        look();
        void ended.then(() => reject(new Error(`pcsc_scan ended without ${state}`)));
      });
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
