import type { Light } from '../../faults/catalogue.ts';
import type { Result } from '../../faults/result.ts';
import type { Sound } from '../../reception/ports.ts';
import type { State } from '../../reception/state.ts';
import type { Persona } from '../personas.ts';
import type { Outside, OutsideView } from './outside.ts';

/** The persona id of the test card that was issued with somebody's own face. */
export const OWN_PERSONA = 'own';

export type DockPersona = Pick<Persona, 'id' | 'title' | 'kind'>;

/** What the camera sees: the webcam through the kiosk's page, a persona's recording, or an empty counter. */
export type DockCamera =
  | { readonly kind: 'page' }
  | { readonly kind: 'persona'; readonly personaId: string }
  | { readonly kind: 'nobody' };

export const gatewayModes = ['normal', 'down', 'slow', 'garbled'] as const;
export type GatewayMode = (typeof gatewayModes)[number];

export type DockReception = {
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly method?: string;
  /** `accepted`, or a fault code. */
  readonly outcome: string;
  readonly fileName?: string;
};

/** All that the dock shows. */
export type DockView = {
  readonly personas: readonly DockPersona[];
  /** Which card lies on the reader. */
  readonly placed?: string;
  readonly cardTriesLeft?: number;
  readonly camera: DockCamera;
  readonly gateway: { readonly mode: GatewayMode; readonly latencyMs: number };
  readonly outside: OutsideView;
  readonly cable: 'plugged' | 'pulled';
  readonly light: Light;
  readonly lastSound?: Sound;
  readonly state: State['at'];
  /** Of this bench: what staff type at the reader, the desk's address, and what a technician types. */
  readonly staff?: { readonly password: string; readonly deskUrl: string; readonly technician: string };
  /** One line an exchange, newest last; PIN and personal data are masked before they come here. */
  readonly apduLog: readonly string[];
  /** Newest first. */
  readonly receptions: readonly DockReception[];
  /** The result file that the clinic was given last. */
  readonly resultXml?: string;
};

/** The bench as its page works it: everything here is simulated. */
export interface DockBench {
  readonly outside: Outside;
  view(): DockView;
  /** Calls `listener` after every change. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  /** Lays that persona's card on the reader, in place of any other. */
  place(personaId: string): Promise<void>;
  remove(): void;
  setCamera(camera: DockCamera): void;
  setGateway(mode: GatewayMode): void;
  setLatency(latencyMs: number): void;
  /** The serial cable of the card module. */
  setCable(cable: 'plugged' | 'pulled'): void;
  /** Opens the case and holds the panel's service keys, as a technician does. */
  askForService(): void;
  /** Issues a test card (persona `own`) whose portrait is cut from the pictures; they stay in memory only.
   *  Faults: FACE-402 (no usable face), FACE-403, FACE-406. */
  issueOwn(pictures: readonly Uint8Array[]): Promise<Result<void>>;
}
