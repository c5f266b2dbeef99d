/** Keeps the clinic's share mounted, for ever: a server that is away is tried again, one that is lost is let go. */
import { type Clock, pause } from '../../../src/clock.ts';
import type { Mounted, ShareMount } from './share-mount.ts';

export type KeepShareOptions = {
  readonly mount: ShareMount;
  readonly clock: Clock;
  /** One line for the journal, at each change. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

/** Also how often a mounted share is asked whether it answers. */
const PAUSE_MS = 15_000;
/** Windows locks an account after ten wrong passwords within ten minutes: the reader stays far below that. */
const REFUSED_PAUSE_MS = 150_000;
/** The kernel finds a server again by itself; only one with another address, or another password, it does not. */
const MISSES = 3;

/** Resolves when `signal` has aborted and the share is let go. */
export async function keepShare({ mount, clock, say, signal }: KeepShareOptions): Promise<void> {
  let said = '';
  const tell = (line: string) => {
    if (line !== said && !signal.aborted) say(line);
    said = line;
  };
  // What a run before this one may have left.
  await mount.unmount();
  while (!signal.aborted) {
    const mounted = await mount.mount(signal);
    tell(words(mounted));
    if (mounted.at === 'mounted') {
      await whileItAnswers();
      tell("The clinic's share does not answer: it is let go, and mounted again when it does.");
      await mount.unmount();
    } else {
      await pause(clock, mounted.at === 'away' ? PAUSE_MS : REFUSED_PAUSE_MS, signal);
    }
  }

  async function whileItAnswers(): Promise<void> {
    for (let misses = 0; misses < MISSES && !signal.aborted; ) {
      await pause(clock, PAUSE_MS, signal);
      misses = (await mount.answers(signal)) ? 0 : misses + 1;
    }
  }
}

function words(mounted: Mounted): string {
  switch (mounted.at) {
    case 'mounted':
      return "The clinic's share is mounted.";
    case 'away':
      return `The clinic's share is away: ${mounted.reason}. It is tried every ${PAUSE_MS / 1000} s; results wait here.`;
    case 'refused':
      return `The clinic's share cannot be mounted: ${mounted.reason}. Check host, folder, user and password; it is tried every ${REFUSED_PAUSE_MS / 1000} s, and results wait here.`;
  }
}
