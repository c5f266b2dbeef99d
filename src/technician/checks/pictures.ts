/** Whether a camera sees anything: judged from the pictures themselves, whatever the driver says. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { Finding } from '../self-test.ts';

/** Of 255. A covered lens gives about 2 with its sensor's noise, a dim waiting room at night 20 and more. */
const DARK = 8;
/** Standard deviation of the brightness. A lens cap in the light, a grey test picture or fog stay below it. */
const FLAT = 4;
/** The first are often dark while the camera finds its exposure. */
const LEAST = 4;
/** One that sends the same picture so often stands still; a busy machine may well look twice before the next has come. */
const MOST = 25;

type Look = { readonly size: string; readonly mean: number; readonly spread: number; readonly digest: string };

/** What is known of a camera's pictures so far. */
export class PictureJudge {
  readonly #looks: Look[] = [];

  /** Whether more pictures could tell more. */
  get hasSeenEnough(): boolean {
    return this.#looks.length >= MOST || (this.#looks.length >= LEAST && this.#different > 1);
  }

  get #different(): number {
    return new Set(this.#looks.map(({ digest }) => digest)).size;
  }

  /** Fault: UNIT-952 where it is no picture. @param jpeg wiped */
  async take(jpeg: Uint8Array): Promise<Extract<Finding, { at: 'failed' }> | undefined> {
    try {
      this.#looks.push(await lookAt(jpeg));
      return undefined;
    } catch (error) {
      const reason = (error as Error).message.split('\n', 1)[0];
      return { at: 'failed', code: 'UNIT-952', detail: `what came is no picture (${reason})` };
    } finally {
      jpeg.fill(0);
    }
  }

  verdict(): Finding {
    const [first, ...others] = this.#looks;
    if (!first) return { at: 'failed', code: 'UNIT-952', detail: 'no picture came' };
    const brightest = others.reduce((one, other) => (other.mean > one.mean ? other : one), first);
    const figures = `${brightest.size}, brightness ${brightest.mean.toFixed(0)} of 255`;
    const dead = (what: string): Finding => ({ at: 'failed', code: 'UNIT-952', detail: `${what} (${figures})` });
    if (brightest.mean < DARK) return dead('the pictures are dark');
    if (Math.max(...this.#looks.map(({ spread }) => spread)) < FLAT) return dead('the pictures are of one colour');
    // A sensor's noise alone makes no two pictures alike.
    if (this.#looks.length >= MOST && this.#different === 1) return dead('one picture stands still');
    return { at: 'ok', found: figures };
  }
}

async function lookAt(jpeg: Uint8Array): Promise<Look> {
  const { data, info } = await sharp(jpeg, { failOn: 'error' }).greyscale().raw().toBuffer({ resolveWithObject: true });
  let [sum, squares] = [0, 0];
  for (const level of data) {
    sum += level;
    squares += level * level;
  }
  const mean = sum / data.length;
  const spread = Math.sqrt(Math.max(0, squares / data.length - mean * mean));
  const digest = createHash('sha256').update(data).digest('hex');
  data.fill(0);
  return { size: `${info.width}x${info.height}`, mean, spread, digest };
}
