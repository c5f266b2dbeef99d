import { expect, test } from 'vitest';
import { openPty } from '../../../src/bench/module/pty-line.ts';
import { createRatedWire } from '../../../src/bench/module/rated-wire.ts';
import { openSerialPort } from '../../../src/card/module/serial-port-line.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';

const settings = { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const turn = () => new Promise((resolve) => setImmediate(resolve));

function wireWith(ask: () => Promise<number | undefined>) {
  const clock = createSimulatedClock();
  const heard: string[] = [];
  const sent: string[] = [];
  let fromHost = (_bytes: Uint8Array): void => {};
  let asked = 0;
  const wire = createRatedWire({
    clock,
    baudRate: 9_600,
    wire: {
      write: (bytes) => sent.push(Buffer.from(bytes).toString('latin1')),
      onBytes: (listener) => {
        fromHost = listener;
      },
      hostBaudRate() {
        asked++;
        return ask();
      },
    },
  });
  wire.onBytes((bytes) => heard.push(Buffer.from(bytes).toString('latin1')));
  return { clock, wire, heard, sent, asked: () => asked, say: (text: string) => fromHost(Buffer.from(text, 'latin1')) };
}

test('at one rate bytes pass both ways; the host is asked only after a pause', async () => {
  const { clock, wire, heard, sent, asked, say } = wireWith(async () => 9_600);
  for (const word of ['a', 'b', 'c']) {
    say(word);
    await turn();
  }
  wire.write(Buffer.from('answer'));
  expect([heard, sent, asked()]).toEqual([['a', 'b', 'c'], ['answer'], 1]);
  await clock.advance(300);
  say('d');
  await turn();
  expect(asked()).toBe(2);
});

test('at two rates every byte is wrong, and there are fewer of them', async () => {
  const all = Buffer.from(Uint8Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
  const { wire, heard, sent, say } = wireWith(async () => 115_200);
  say(all);
  await turn();
  wire.write(Buffer.from(all, 'latin1'));
  for (const text of [...heard, ...sent]) {
    expect(text).toHaveLength(128);
    for (const [index, letter] of [...text].entries()) expect(letter.charCodeAt(0)).not.toBe(2 * index);
  }
});

test('what comes while the host is asked is kept, in order; a change of rate is seen at the next byte', async () => {
  let answer = (_rate: number): void => {};
  const { wire, heard, say } = wireWith(() => new Promise((resolve) => (answer = resolve)));
  say('a');
  say('b');
  expect(heard).toEqual([]);
  answer(9_600);
  await turn();
  wire.setBaudRate(115_200);
  say('c');
  answer(115_200);
  await turn();
  expect(heard).toEqual(['a', 'b', 'c']);
});

test('a pseudo-terminal tells the rate that its host has set', async () => {
  const pty = await openPty();
  const port = await openSerialPort(pty.path, settings);
  expect(await pty.peer.hostBaudRate?.()).toBe(9_600);
  if (port.ok) {
    await port.value.setBaudRate(500_000);
    expect(await pty.peer.hostBaudRate?.()).toBe(500_000);
    await port.value.close();
  }
  await pty.close();
  expect(await pty.peer.hostBaudRate?.()).toBe(undefined);
});
