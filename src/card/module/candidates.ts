/**
 * At which protocol and rate to look for a module, and in which order: all of them at first; once a module was found, where
 * it may come back, and of all others one a round, in turn. So it is ready soon after its return, and one that was
 * exchanged for another kind is found as well.
 */
import type { ModuleProtocol } from './module-link.ts';

export type Candidate = { readonly protocol: ModuleProtocol; readonly baudRate: number };

export interface Candidates {
  /** Those to try now. */
  nextRound(): readonly Candidate[];
  /** A module was there. */
  remember(found: Candidate): void;
}

/** A module comes back at the rate it was raised to or at that of its power-up: the first two of a protocol. */
const USUAL_RATES = 2;

/** @param wanted the rate to work at, where one is given: it is tried first */
export function createCandidates(protocols: readonly ModuleProtocol[], wanted: number | undefined): Candidates {
  const all = protocols.flatMap((protocol) => ratesOf(protocol, wanted).map((baudRate) => ({ protocol, baudRate })));
  let likely = all;
  let others: Candidate[] = [];

  return {
    nextRound() {
      const [one, ...rest] = others;
      if (!one) return likely;
      others = [...rest, one];
      return [...likely, one];
    },
    remember(found) {
      const { protocol } = found;
      const usual = new Set([...ratesOf(protocol, wanted).slice(0, 1), ...protocol.baudRates.slice(0, USUAL_RATES)]);
      const back = all.filter((each) => each !== found && each.protocol === protocol && usual.has(each.baudRate));
      likely = [found, ...back];
      others = all.filter((each) => !likely.includes(each));
    },
  };
}

function ratesOf(protocol: ModuleProtocol, wanted: number | undefined): readonly number[] {
  return [...new Set(wanted === undefined ? protocol.baudRates : [wanted, ...protocol.baudRates])];
}
