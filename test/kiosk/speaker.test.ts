import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSpeaker, type Speaker } from '../../src/kiosk/ui/speech/speaker.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

/** Plays each clip for as long as the number in its name says, and notes what was begun, ended and cut off. */
function simulatedVoice(clock: SimulatedClock) {
  const heard: string[] = [];
  const begunAtMs: number[] = [];
  return {
    heard,
    begunAtMs,
    play(clip: string, onEnd: () => void) {
      heard.push(`${clip} begins`);
      begunAtMs.push(clock.now());
      const cancel = clock.after(Number(clip.split(' ')[1]), () => {
        heard.push(`${clip} ends`);
        onEnd();
      });
      return () => {
        heard.push(`${clip} is cut`);
        cancel();
      };
    },
  };
}

let clock: SimulatedClock;
let heard: string[];
let begunAtMs: number[];
let speaker: Speaker;
beforeEach(() => {
  clock = createSimulatedClock();
  const voice = simulatedVoice(clock);
  ({ heard, begunAtMs } = voice);
  speaker = createSpeaker(voice, clock);
});

describe('one thing is said at a time', () => {
  test('the next waits for a short clip to end', async () => {
    speaker.speak(['a 1500']);
    speaker.speak(['b 1000']);
    await clock.advance(4000);
    expect(heard).toEqual(['a 1500 begins', 'a 1500 ends', 'b 1000 begins', 'b 1000 ends']);
  });

  test('and cuts a long one off only after two seconds', async () => {
    speaker.speak(['a 5000']);
    await clock.advance(500);
    speaker.speak(['b 1000']);
    await clock.advance(1499);
    expect(heard).toEqual(['a 5000 begins']);
    await clock.advance(1);
    expect(heard).toEqual(['a 5000 begins', 'a 5000 is cut', 'b 1000 begins']);
  });

  test('of many in a row the newest alone waits', async () => {
    for (const clip of ['a 1000', 'b 1000', 'c 1000', 'd 1000']) speaker.speak([clip]);
    await clock.advance(5000);
    expect(heard.filter((line) => line.endsWith('begins'))).toEqual(['a 1000 begins', 'd 1000 begins']);
  });

  test('coming back to what is being said leaves it running, and is not said twice', async () => {
    speaker.speak(['a 3000']);
    speaker.speak(['b 1000']);
    speaker.speak(['a 3000']);
    await clock.advance(5000);
    expect(heard).toEqual(['a 3000 begins', 'a 3000 ends']);
  });

  test('changes ten times a second never give a clip less than two seconds', async () => {
    for (let change = 0; change < 100; change++) {
      speaker.speak([change % 2 ? 'a 3000' : 'b 3000']);
      await clock.advance(100);
    }
    const pauses = begunAtMs.slice(1).map((at, index) => at - (begunAtMs[index] ?? 0));
    expect(pauses.length).toBeGreaterThanOrEqual(3);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(2000);
  });

  test('silence is at once, and what waited is forgotten', async () => {
    speaker.speak(['a 3000']);
    speaker.speak(['b 1000']);
    speaker.silence();
    await clock.advance(5000);
    expect(heard).toEqual(['a 3000 begins', 'a 3000 is cut']);
    speaker.speak(['a 3000']);
    expect(heard.at(-1)).toBe('a 3000 begins');
  });
});

describe('a whole screen', () => {
  test('is said in its order', async () => {
    speaker.read(['a 1000', 'b 3000', 'c 500']);
    await clock.advance(5000);
    expect(heard.filter((line) => line.endsWith('ends'))).toEqual(['a 1000 ends', 'b 3000 ends', 'c 500 ends']);
    expect(speaker.speaking()).toBe(false);
  });

  test('is stopped at once by the next one, and none of it is left', async () => {
    speaker.read(['a 1000', 'b 3000']);
    await clock.advance(300);
    speaker.read(['c 500']);
    await clock.advance(5000);
    expect(heard).toEqual(['a 1000 begins', 'a 1000 is cut', 'c 500 begins', 'c 500 ends']);
  });

  test('lets a change be said first, and goes on after it', async () => {
    speaker.read(['a 1000', 'b 1000', 'c 1000']);
    await clock.advance(1500);
    speaker.speak(['x 400', 'y 400']);
    await clock.advance(5000);
    expect(heard.filter((line) => line.endsWith('begins'))).toEqual(
      ['a 1000', 'b 1000', 'x 400', 'y 400', 'c 1000'].map((clip) => `${clip} begins`),
    );
  });

  test('of nothing is silence', async () => {
    speaker.read(['a 1000']);
    speaker.read([]);
    expect(heard).toEqual(['a 1000 begins', 'a 1000 is cut']);
    expect(speaker.speaking()).toBe(false);
  });

  test('never has two clips at once, whatever is asked for when', async () => {
    const asked = fc.array(
      fc.record({
        how: fc.constantFrom('read', 'speak', 'silence'),
        clips: fc.array(fc.constantFrom('a 700', 'b 2500', 'c 100'), { maxLength: 4 }),
        thenMs: fc.nat({ max: 3000 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(asked, async (steps) => {
        const time = createSimulatedClock();
        const voice = simulatedVoice(time);
        const said = createSpeaker(voice, time);
        for (const { how, clips, thenMs } of steps) {
          if (how === 'silence') said.silence();
          else said[how as 'read' | 'speak'](clips);
          await time.advance(thenMs);
        }
        await time.advance(60_000);
        expect(said.speaking()).toBe(false);
        for (const [index, line] of voice.heard.entries()) expect(line.endsWith('begins')).toBe(index % 2 === 0);
      }),
      { numRuns: 200 },
    );
  });
});
