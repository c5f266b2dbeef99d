import { type Clock, deadline } from '../clock.ts';
import { openChannel } from './card-channel.ts';
import type { Placing } from './card-place.ts';
import type { CardModule } from './module/card-module.ts';
import { selectJpki } from './my-number/jpki.ts';

const TIMEOUT_MS = 3_000;

/**
 * Takes back from a card what it was opened for. Without power it keeps nothing, but not every module takes that from a
 * contactless card: selecting an application anew logs out of all. It ends with the card, since another one may lie in
 * its slot by then and be at work.
 */
export async function letGo(module: CardModule, here: Placing, clock: Clock): Promise<void> {
  const { signal: gone } = here.gone;
  const limit = deadline(clock, TIMEOUT_MS, gone);
  await selectJpki(openChannel(module, here.slot, limit.signal));
  if (!gone.aborted) await module.powerOff(here.slot, limit.signal);
  limit.done();
}
