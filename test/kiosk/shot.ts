import type { Page } from 'playwright-core';
import type { Screen, Snapshot } from '../../src/kiosk/protocol.ts';

/** One picture of the kiosk: a screen, and what is done to it before the picture is taken. */
export type Shot = {
  readonly name: string;
  readonly screen: Screen;
  /** What else the reader says, where it is not the ordinary. */
  readonly about?: Partial<Omit<Snapshot, 'revision' | 'screen'>>;
  /** Waited on the page's own clock. */
  readonly afterMs?: number;
  readonly touch?: (page: Page) => Promise<void>;
};
