import type { ConsentItem } from '../reception/qualification.ts';
import type { Reader } from '../reception/reader.ts';
import type { State } from '../reception/state.ts';

export type Wish = {
  readonly method: 'face' | 'pin';
  /** ASCII digits of a test card's PIN. */
  readonly pin: string;
  readonly consents: readonly ConsentItem[];
};

/** Touches the screen as a patient would who knows what to do: for commands and measurements without a browser. */
export function actAsPatient(reader: Reader, wish: Wish): () => void {
  return reader.onChange((state) =>
    // After all listeners have seen this state, and only if it still stands.
    queueMicrotask(() => {
      if (reader.state === state) touch(reader, state, wish);
    }),
  );
}

function touch(reader: Reader, state: State, { method, pin, consents }: Wish): void {
  switch (state.at) {
    case 'choosing':
      reader.intent({ type: 'choose', method });
      break;
    case 'warning-last-try':
      reader.intent({ type: 'continue' });
      break;
    case 'entering-pin':
      if (state.digits > 0 || state.rejected) return;
      for (const digit of Buffer.from(pin, 'latin1')) reader.pinKey(digit);
      reader.intent({ type: 'continue' });
      break;
    case 'consenting':
      reader.intent({ type: 'consent', items: consents });
      break;
  }
}
