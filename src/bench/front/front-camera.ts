import type { Clock } from '../../clock.ts';
import type { CameraPort } from '../../reception/ports.ts';
import { seededRandom } from '../../setup/seeded-random.mjs';
import { expiryDate } from '../card/verification-code.ts';
import type { Portrait } from '../faces/persona-faces.ts';
import { createRecordedCamera } from '../faces/recorded-camera.ts';
import { birthOn } from '../persona.ts';
import type { Persona } from '../personas.ts';
import { type ConditionKind, conditionOf } from './condition.ts';
import type { FrontPrint } from './draw-front.ts';
import { emptyTray, picturesOfFront } from './front-pictures.ts';

const FPS = 30;
/** Played round and round. */
const PICTURES = 3;

/** The camera above the card's place, which sees what the bench has laid there. */
export class FrontCamera implements CameraPort {
  readonly #recorded;
  readonly #tray: readonly Uint8Array[];
  #seen: readonly Uint8Array[];

  static async open(clock: Clock): Promise<FrontCamera> {
    const tray = await once('tray', async () => [await emptyTray(conditionOf('usual', seededRandom('tray')), 'tray')]);
    return new FrontCamera(clock, tray);
  }

  private constructor(clock: Clock, tray: readonly Uint8Array[]) {
    this.#tray = tray;
    this.#seen = tray;
    this.#recorded = createRecordedCamera({ clock, fps: FPS, framesFor: () => this.#seen });
  }

  frames(signal: AbortSignal): ReturnType<CameraPort['frames']> {
    return this.#recorded.frames(signal);
  }

  /** @param pictures from `picturesOf` */
  lay(pictures: readonly Uint8Array[]): void {
    this.#seen = pictures;
  }

  clear(): void {
    this.#seen = this.#tray;
  }
}

/** What is printed on the card that this persona is issued now; undefined where nothing of a My Number card's is. */
export function printOf(persona: Persona, portrait: Portrait | undefined, now: Date): FrontPrint | undefined {
  if (persona.kind !== 'my-number' || persona.carrier !== 'card') return undefined;
  const birth = birthOn(persona, now);
  const { printedName: name = persona.name, cardYears } = persona;
  return { ...persona, name, birth, portrait, expiry: expiryDate(birth, now, cardYears) };
}

/** How the camera sees that front in a condition of that kind: always the same one. Drawn once a process. */
export function picturesOf(print: FrontPrint | undefined, kind: ConditionKind): Promise<readonly Uint8Array[]> {
  const name = `${kind} ${print?.name} ${print?.expiry} ${print?.securityCode}`;
  return once(name, async () => {
    const pictures = picturesOfFront(print, conditionOf(kind, seededRandom(name)), name);
    const taken: Uint8Array[] = [];
    while (taken.length < PICTURES) taken.push((await pictures.next()).value);
    return taken;
  });
}

const drawn = new Map<string, Promise<readonly Uint8Array[]>>();

function once(name: string, draw: () => Promise<readonly Uint8Array[]>): Promise<readonly Uint8Array[]> {
  const known = drawn.get(name) ?? draw();
  drawn.set(name, known);
  return known;
}
