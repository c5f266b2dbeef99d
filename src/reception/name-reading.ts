/**
 * The name as it is printed on the card, for staff, where the result's text has ● and the face way has not read it: beside
 * the states, once the reception is over, while its card still lies there. Nobody waits for it.
 */
import { type Clock, deadline } from '../clock.ts';
import type { CardPort, StaffPort } from './ports.ts';

/** Reading all of the card face and its print; the card is asked to be taken long before. */
const BOUND_MS = 20_000;

export type NameReading = {
  /** @param letGo ends when the reception has let go of the card */
  begin(receptionId: string, letGo: Promise<void>): void;
  /** Another reception begins: the card is its own. */
  end(): void;
};

export type NameReadingOptions = {
  readonly card: Pick<CardPort, 'readName' | 'release'>;
  readonly staff: Pick<StaffPort, 'tellName'>;
  readonly clock: Clock;
  readonly onDefect: (error: unknown) => void;
};

export function createNameReading({ card, staff, clock, onDefect }: NameReadingOptions): NameReading {
  let reading = new AbortController();

  /** Where the name cannot be had staff see the text alone. What is aborted touches no card any more. */
  async function read(receptionId: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const limit = deadline(clock, BOUND_MS, signal);
    const name = await card.readName(limit.signal);
    limit.done();
    if (name.ok && signal.aborted) name.value.fill(0);
    if (signal.aborted) return;
    if (name.ok) staff.tellName(receptionId, name.value);
    await card.release();
  }

  return {
    begin(receptionId, letGo) {
      reading = new AbortController();
      const { signal } = reading;
      letGo.then(() => read(receptionId, signal)).catch(onDefect);
    },
    end: () => reading.abort(),
  };
}
