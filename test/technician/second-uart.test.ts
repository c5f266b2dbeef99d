/** The card bench test: a real line, the reader's own driver, and the simulator as a process of its own at the other end. */
import { expect, test } from 'vitest';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { systemClock } from '../../src/clock.ts';
import { readSecondUart } from '../../src/compose-uart.ts';
import { folder, simulateCard } from '../commands/kazasu.ts';

const never = new AbortController().signal;
const bounds = { timeout: 90_000 };

test('the simulated card is read several times over, at the speed of the wire', bounds, async () => {
  const own = folder();
  const simulator = await simulateCard(own.path, ['--module', 'gem', '--persona', 'adult']);
  const read = await readSecondUart(simulator.link, systemClock, never);
  expect(read).toEqual({ ok: true, value: expect.stringMatching(/^Gem.*: 5 times, \d+ ms each, \d{4,} bytes$/) });
  await simulator.stop();
  own.remove();
});

test('a card that is taken away in the middle is told of', bounds, async () => {
  const own = folder();
  const simulator = await simulateCard(own.path, ['--module', 'gem', '--persona', 'adult', '--fault', 'tear@40']);
  expect(await readSecondUart(simulator.link, systemClock, never)).toMatchObject({ ok: false });
  await simulator.stop();
  own.remove();
});

test('a line with nobody at its end, and no line at all, each have their code', bounds, async () => {
  const line = await openPty();
  expect(await readSecondUart(line.path, systemClock, never)).toMatchObject({ ok: false, fault: { code: 'MOD-201' } });
  await line.close();
  expect(await readSecondUart('/dev/kazasu-none', systemClock, never)).toMatchObject({ fault: { code: 'MOD-202' } });
});
