/** The control socket as its clients treat it, the rude ones too. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ControlSocket, openControlSocket } from '../../../src/bench/simulator/control-socket.ts';
import type { Simulator } from '../../../src/bench/simulator/simulator.ts';
import { ok } from '../../../src/faults/result.ts';
import { folder } from '../../commands/kazasu.ts';
import { eventually } from '../../eventually.ts';

let at: ReturnType<typeof folder>;
let socket: ControlSocket;
/** What goes on in the simulator, and what has been done. */
let doing: string[];
let finish: (() => void)[];

beforeEach(async () => {
  at = folder();
  doing = [];
  finish = [];
  const opened = await openControlSocket(join(at.path, 'control'), slowSimulator(), () => {});
  if (!opened.ok) throw new Error(opened.fault.detail);
  socket = opened.value;
});

afterEach(async () => {
  await socket.close();
  at.remove();
});

/** Its cable moves when the test says so. */
function slowSimulator(): Simulator {
  const move = async (name: string) => {
    doing.push(name);
    await new Promise<void>((resolve) => finish.push(resolve));
    doing.push(`${name} done`);
    return ok();
  };
  const status = () => ({ simulated: true });
  return { unplug: () => move('unplug'), plugIn: () => move('plug-in'), status } as unknown as Simulator;
}

async function client(): Promise<Socket> {
  const opened = connect({ path: socket.path, allowHalfOpen: true });
  await once(opened, 'connect');
  return opened;
}

test('who ends its side after the last line hears all answers', async () => {
  const asking = await client();
  asking.end('unplug\nstatus\n');
  const heard = text(asking);
  await eventually(() => expect(doing).toEqual(['unplug']));
  finish[0]?.();
  expect(await heard).toBe('ok {"pluggedIn":false}\nok {"simulated":true}\n');
});

test('commands of two clients are carried out one after the other', async () => {
  const [first, second] = [await client(), await client()];
  const heard = [text(first), text(second)];
  first.end('unplug\n');
  await eventually(() => expect(doing).toEqual(['unplug']));
  second.end('plug-in\n');
  const third = await client();
  third.end('status\n');
  finish[0]?.();
  await eventually(() => expect(doing).toEqual(['unplug', 'unplug done', 'plug-in']));
  finish[1]?.();
  expect(await Promise.all(heard)).toEqual(['ok {"pluggedIn":false}\n', 'ok {"pluggedIn":true}\n']);
  expect(await text(third)).toMatch(/^ok /);
});

test('who hangs up without reading the answers disturbs nobody', async () => {
  const rude = await client();
  rude.pause();
  rude.write('status\n'.repeat(50));
  await once(rude, 'readable');
  rude.destroy();
  const next = await client();
  next.end('status\n');
  expect(await text(next)).toBe('ok {"simulated":true}\n');
});
