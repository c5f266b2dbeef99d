/** A test by hand: what it shows, what it takes, and what it stands on. */
import type { Light } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { CardPort, PanelPort } from '../reception/ports.ts';
import type { ServicePanel } from './service-keys.ts';
import type { HandStep, TechnicianIntent } from './view.ts';

export type HandTest = {
  step(): HandStep;
  /** What the person did that belongs to this test alone. */
  take(intent: TechnicianIntent): void;
  stop(): void;
};

export type HandTestParts = {
  readonly panel: Pick<PanelPort, 'show' | 'play'> & Pick<ServicePanel, 'onKey'>;
  /** Of a reader that rests: nobody else listens to the card. */
  readonly card: Pick<CardPort, 'watch' | 'survey' | 'release'>;
  /** Reads the card that a simulator gives at the end of the second UART's cable. Value: how that went, in a few words;
   *  absent: no second UART is wired here. Faults: CARD-*, MOD-*. */
  readonly secondUart?: ((signal: AbortSignal) => Promise<Result<string>>) | undefined;
  /** The light that belongs to the reader's own state. */
  readonly ownLight: () => Light;
};

export type HandTestNews = {
  readonly onChange: () => void;
  /** The test has ended by itself, or by the person's word. */
  readonly onResult: (works: boolean) => void;
};
