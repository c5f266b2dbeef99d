import { createHash } from 'node:crypto';
import { type Clock, deadline, pause } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CameraPort } from '../../reception/ports.ts';
import { wipe } from '../secret-bytes.ts';
import type { CardFront, VerificationCodeB } from './card-front.ts';
import type { FrontDesign } from './front-design.ts';
import { drawTemplates, type Templates } from './glyph-templates.ts';
import { type FrameReading, readFront } from './read-front.ts';

export type PrintedFrontOptions = {
  /** The camera that looks at the card's place. */
  readonly camera: CameraPort;
  readonly design: FrontDesign;
  readonly clock: Clock;
  /** Called when real work begins, and what it returned when the work has ended: a simulated clock must not run ahead. */
  readonly hold?: (() => () => void) | undefined;
};

/** About as long as a person waits without wondering. */
const BOUND_MS = 4_000;
/** A picture that could not be read is followed by one much like it, until a hand moves or the light changes. */
const UNREAD_PAUSE_MS = 200;

/**
 * Reads the printed front: a value is given when two pictures, one taken after the other, show the same one beyond
 * doubt, and none has shown another. The same picture twice, from a camera that stands still, is one. `readCode` ends
 * within 4 s.
 */
export function createPrintedFront({ camera, design, clock, hold }: PrintedFrontOptions): CardFront {
  let drawn: Promise<Templates> | undefined;

  async function read(jpeg: Uint8Array): Promise<FrameReading> {
    const release = hold?.();
    try {
      drawn ??= drawTemplates(design);
      return await readFront(jpeg, design, await drawn, clock.wall());
    } finally {
      wipe(jpeg);
      release?.();
    }
  }

  async function readTwice(signal: AbortSignal): Promise<Result<VerificationCodeB>> {
    const frames = await camera.frames(signal);
    if (!frames.ok) return failed('CARD-108', frames.fault.detail);
    let first: VerificationCodeB | undefined;
    let reason = 'no picture';
    const seen = new Set<string>();
    for await (const { jpeg } of frames.value) {
      const digest = createHash('sha256').update(jpeg).digest('base64');
      const reading: FrameReading | { readonly at: 'same picture' } = seen.has(digest) ? standsStill(jpeg) : await read(jpeg);
      seen.add(digest);
      if (reading.at !== 'read') {
        reason = reading.at;
        await pause(clock, UNREAD_PAUSE_MS, signal);
      } else if (signal.aborted) {
        wipe(reading.code);
      } else if (!first) {
        first = reading.code;
      } else {
        const same = Buffer.compare(first, reading.code) === 0;
        wipe(first);
        if (same) return ok(reading.code);
        wipe(reading.code);
        return failed('CARD-108', 'two pictures show different values');
      }
      if (signal.aborted) break;
    }
    wipe(first);
    return failed('CARD-108', reason);
  }

  return {
    simulated: false,
    async readCode(signal) {
      const limit = deadline(clock, BOUND_MS, signal);
      // Frames are asked for as long as a value is looked for: afterwards the camera rests.
      const looking = new AbortController();
      const result = await readTwice(AbortSignal.any([limit.signal, looking.signal]));
      looking.abort();
      limit.done();
      return result;
    },
  };
}

function standsStill(jpeg: Uint8Array): { readonly at: 'same picture' } {
  wipe(jpeg);
  return { at: 'same picture' };
}
