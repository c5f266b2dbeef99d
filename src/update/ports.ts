/** What the updater asks of the unit, in its own words. Nothing here rejects; each call ends within its own bound. */
import type { Clock } from '../clock.ts';
import type { Release } from './feed.ts';
import type { KeptUpdate } from './standing.ts';
import type { UpdateFault, UpdateResult } from './update-fault.ts';

/** The reader's program, over its control socket. */
export interface ReaderLink {
  /** It runs and answers. Faults: UPD-979. */
  answers(signal: AbortSignal): Promise<UpdateResult<void>>;
  /** Asks that no reception begins any more. `gone`: no program is there that could hold one. */
  rest(signal: AbortSignal): Promise<'resting' | 'busy' | 'silent' | 'gone'>;
  /** Receptions may begin again. Faults: UPD-979. */
  resume(signal: AbortSignal): Promise<UpdateResult<void>>;
  /** Has it test itself: the parts that failed, none when it passed. Faults: UPD-979. */
  selfTest(signal: AbortSignal): Promise<UpdateResult<readonly FailingPart[]>>;
}

/** As the self-test names it, with the code that support searches for. */
type FailingPart = { readonly part: string; readonly code: string };

/** RAUC, which writes the other slot and keeps what the boot loader is to try. */
export interface Installer {
  /** Writes the bundle, read from `url`, into the other slot and has it started next. Faults: UPD-976, UPD-977, UPD-978. */
  install(url: string, release: Release, signal: AbortSignal): Promise<UpdateResult<void>>;
  /** The running slot is good: its tries are full again. Faults: UPD-978. */
  markGood(signal: AbortSignal): Promise<UpdateResult<void>>;
}

/** The server that releases lie on. */
export interface ReleaseServer {
  /** Faults: UPD-971, UPD-972. */
  releases(signal: AbortSignal): Promise<UpdateResult<readonly Release[]>>;
  /** Has the bundle ready to be read while it is installed. `progress` is told each tenth that went by, 10 to 100.
   *  Faults: UPD-972, UPD-974. */
  stream(release: Release, progress: (percent: number) => void, signal: AbortSignal): Promise<UpdateResult<BundleStream>>;
}

/** A bundle as the installer reads it, piece by piece. Whoever has one closes it. */
export type BundleStream = {
  readonly url: string;
  /** Why pieces did not come, whatever the installer made of that: UPD-974, UPD-975. */
  lost(): UpdateFault | undefined;
  close(): Promise<void>;
};

/** `ring`: this reader's place among all, 0 to 9; 0 is first. */
export type ReleaseSource = { readonly server: ReleaseServer; readonly ring: number };

export type UpdateEvent =
  | { readonly name: 'update.fault'; readonly fault: UpdateFault }
  | { readonly name: 'update.none' }
  | { readonly name: 'update.waits'; readonly version: string; readonly from: string }
  | {
      readonly name: 'update.installing' | 'update.installed' | 'update.waits-for-rest';
      readonly version: string;
    }
  | { readonly name: 'update.streaming'; readonly version: string; readonly percent: number }
  | { readonly name: 'update.broken-before'; readonly version: string; readonly parts: readonly string[] }
  | { readonly name: 'update.switching' | 'update.proving' | 'update.proven' | 'update.good'; readonly version: string };

/** Everything around one reader's updater. */
export type UpdateUnit = {
  readonly clock: Clock;
  /** 0 to 1 */
  readonly random: () => number;
  readonly identity: { readonly readerId: string; readonly compatible: string };
  /** The version that runs, and the kernel's name of this boot. */
  readonly running: string;
  readonly bootId: string;
  readonly reader: ReaderLink;
  readonly installer: Installer;
  /** Absent: no releases are looked for; what runs is marked good all the same. */
  readonly source?: ReleaseSource;
  readonly kept: {
    readonly value: KeptUpdate;
    /** Down to the disk before it returns. Faults: UPD-983. */
    keep(next: KeptUpdate): UpdateResult<void>;
  };
  /** Asks for a restart of the unit; it comes a little later, or not. Faults: UPD-982. */
  requestReboot(): UpdateResult<void>;
  tell(event: UpdateEvent): void;
};
