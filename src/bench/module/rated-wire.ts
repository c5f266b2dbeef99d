/**
 * A wire on which it matters at which rate each end talks: where they differ, bytes arrive as garbage, both ways.
 *
 * A simulated cable has no rate of its own, so the host's is asked of it: when bytes follow a pause, in which the host may
 * have changed it or another host may have come, and whenever it does not seem to fit. What comes meanwhile is held back.
 */
import type { Clock } from '../../clock.ts';
import type { PeerWire } from './peer-wire.ts';

export type RatedWire = PeerWire & {
  /** The module talks and listens at this rate from now on. */
  setBaudRate(baudRate: number): void;
};

const PAUSE_MS = 300;

export function createRatedWire(options: {
  readonly wire: PeerWire;
  readonly clock: Clock;
  readonly baudRate: number;
}): RatedWire {
  const { wire, clock } = options;
  let own = options.baudRate;
  let host: number | undefined;
  let lastHeardMs = Number.NEGATIVE_INFINITY;
  let listener = (_bytes: Uint8Array): void => {};
  /** What has come since the host's rate was asked for; undefined when it is not being asked for. */
  let held: Uint8Array[] | undefined;

  const fits = () => host === undefined || host === own;

  async function askHostRate(ask: () => Promise<number | undefined>, first: Uint8Array): Promise<void> {
    held = [first];
    host = await ask();
    const waiting = held;
    held = undefined;
    for (const bytes of waiting) listener(asHeard(bytes));
  }

  const asHeard = (bytes: Uint8Array) => (fits() ? bytes : garbled(bytes));

  wire.onBytes((bytes) => {
    const paused = clock.now() - lastHeardMs >= PAUSE_MS;
    lastHeardMs = clock.now();
    if (held) held.push(bytes);
    else if (wire.hostBaudRate && (paused || !fits())) void askHostRate(wire.hostBaudRate, bytes);
    else listener(asHeard(bytes));
  });

  return {
    write: (bytes) => wire.write(asHeard(bytes)),
    onBytes(next) {
      listener = next;
    },
    setBaudRate(baudRate) {
      own = baudRate;
      wire.setBaudRate?.(baudRate);
    },
  };
}

/** What a receiver at another rate makes of these bytes: not the same number, none of them right, the same each time. */
function garbled(bytes: Uint8Array): Uint8Array {
  const half = bytes.filter((_, index) => index % 2 === 0);
  return half.map((byte) => (byte ^ 0xa5) | 0x80);
}
