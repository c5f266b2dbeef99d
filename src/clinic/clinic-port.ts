import type { Clock } from '../clock.ts';
import type { ClinicPort, HandOver } from '../reception/ports.ts';
import type { Courier } from './courier.ts';
import { makeParcel, type ParcelOptions } from './parcel.ts';

export type ClinicPortOptions = ParcelOptions & { readonly courier: Courier; readonly clock: Clock };

/** A patient is not kept waiting for a folder: from here on the result comes later. */
const PATIENCE_MS = 1_000;

/** The clinic as a reception sees it; the courier does the work. */
export function createClinicPort({ courier, clock, ...options }: ClinicPortOptions): ClinicPort {
  return {
    pack: (result) => makeParcel(result, options),
    handOver: (signal) => handOver(courier, clock, signal),
    waitsFor() {
      const state = courier.state();
      return state.at === 'waiting' ? state.reason : undefined;
    },
    watch: (listener) => courier.watch(() => listener()),
  };
}

function handOver(courier: Courier, clock: Clock, signal: AbortSignal): Promise<HandOver> {
  return new Promise((resolve) => {
    const later = () => end('will-be-handed-over');
    const stopWatching = courier.watch((state) => {
      if (state.at === 'waiting') later();
      // An idle of an earlier look may come in between: then something is left.
      else if (state.at === 'idle' && state.depth === 0) end('handed-over');
    });
    const cancel = clock.after(PATIENCE_MS, later);
    if (signal.aborted) later();
    else signal.addEventListener('abort', later, { once: true });
    function end(how: HandOver): void {
      stopWatching();
      cancel();
      signal.removeEventListener('abort', later);
      resolve(how);
    }
    courier.call();
  });
}
