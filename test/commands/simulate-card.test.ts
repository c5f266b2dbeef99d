import { spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { folder, kazasu, type RunningSimulator, simulateCard } from './kazasu.ts';

let at: ReturnType<typeof folder>;
let simulator: RunningSimulator | undefined;

beforeEach(() => {
  at = folder();
});

afterEach(async () => {
  await simulator?.stop('SIGKILL');
  simulator = undefined;
  at.remove();
});

const ordinary = ['--module', 'gem', '--persona', 'adult', '--unpaced'];
const refused = (args: readonly string[]) => kazasu(['simulate-card', ...args]);
const link = () => join(at.path, 'module');

test('lists the personas for people and for programs', async () => {
  const plain = await refused(['--persona', 'list']);
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toMatch(/^adult +my-number +Adult, ordinary card/m);
  const json = await refused(['--persona', 'list', '--json']);
  expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ id: 'pin-locked', kind: 'my-number' }));
});

describe('a wrong call says what is wrong and ends with 2', () => {
  test.each([
    ['an unknown module', ['--module', 'usb', '--persona', 'adult'], /no module "usb".*gem/],
    ['an unknown persona', ['--module', 'gem', '--persona', 'nobody'], /no persona "nobody".*adult/],
    ['no persona', ['--module', 'gem'], /--persona is missing/],
    ['an impossible rate', [...ordinary, '--baud', 'fast'], /--baud must be/],
    ['an unknown fault', [...ordinary, '--fault', 'explode@3'], /no fault "explode".*lose-answer/],
    ['a fault without its argument', [...ordinary, '--fault', 'delay@3'], /ARG must be MS/],
    ['an unknown option', [...ordinary, '--sideways'], /--sideways/],
  ])('%s', async (_name, args, said) => {
    const ended = await refused([...args, '--link', link()]);
    expect(ended.stderr).toMatch(said);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(existsSync(link())).toBe(false);
  });

  test('neither a link nor a device', async () => {
    expect(await refused(ordinary)).toMatchObject({ code: 2, stderr: expect.stringMatching(/--link PATH.*--device PATH/) });
  });
});

describe('the link', () => {
  test('is not made over what belongs to somebody else', async () => {
    writeFileSync(link(), 'mine');
    expect(await refused([...ordinary, '--link', link()])).toMatchObject({ code: 2, stderr: expect.stringMatching(/exists/) });
    expect(readFileSync(link(), 'utf8')).toBe('mine');
  });

  test('takes the place of one that a simulator left behind', async () => {
    symlinkSync('/dev/pts/999999', link());
    simulator = await simulateCard(at.path, ordinary);
    expect(statSync(link()).isCharacterDevice()).toBe(true);
  });

  test('is not taken from a simulator that runs', async () => {
    simulator = await simulateCard(at.path, ordinary);
    const second = await refused([...ordinary, '--link', link()]);
    expect(second).toMatchObject({ code: 2, stderr: expect.stringMatching(/another simulator/) });
    expect(await simulator.ask('status')).toMatch(/^ok /);
  });

  test('a folder that is not there is named', async () => {
    const ended = await refused([...ordinary, '--link', join(at.path, 'no', 'module')]);
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/cannot be made \(ENOENT\)/) });
  });
});

describe('the end', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s takes link and socket away', async (signal) => {
    simulator = await simulateCard(at.path, ordinary);
    expect(await simulator.stop(signal)).toBe(0);
    expect([existsSync(simulator.link), existsSync(simulator.control)]).toEqual([false, false]);
  });

  test('so does quit, once it has been answered', async () => {
    simulator = await simulateCard(at.path, ordinary);
    expect(await simulator.ask('quit')).toBe('ok {"quit":true}');
    const { child } = simulator;
    await expect.poll(() => child.exitCode, { timeout: 20_000 }).toBe(0);
    expect([existsSync(simulator.link), existsSync(simulator.control)]).toEqual([false, false]);
  });
});

test('says first that everything is simulated, and then what to try', async () => {
  simulator = await simulateCard(at.path, ordinary);
  expect(simulator.greeting[0]).toMatch(/simulated/);
  expect(simulator.greeting.join('\n')).toContain(`card status --module gem --port ${simulator.link}`);
});

test('tells how the control socket is asked, and 照合番号B of whatever card lies there', async () => {
  simulator = await simulateCard(at.path, ordinary);
  expect(simulator.greeting.join('\n')).toContain(`nc -NU ${simulator.control}`);
  const codeB = async () => JSON.parse((await simulator?.ask('status'))?.replace(/^ok /, '') ?? '{}').verificationCodeB;
  expect(await codeB()).toBe(simulator.verificationCodeB);
  await simulator.ask('swap small-child');
  expect(await codeB()).toMatch(/^(?!0{14})\d{14}$/);
  await simulator.ask('swap phone-android');
  expect(await codeB()).toBeNull();
});

test('at the end of a real cable the reader is at the other one', async () => {
  const cable = await openPty();
  const child = spawn(process.execPath, ['src/main.ts', 'simulate-card', ...ordinary, '--device', cable.path], { stdio: 'pipe' });
  const greeting: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    greeting.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  expect(greeting.join('\n')).toContain('card status --module gem --port OTHER-END');
  expect(greeting.join('\n')).not.toContain(`--port ${cable.path}`);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await cable.close();
});

test('writes the public side of the persona, which fits together', async () => {
  simulator = await simulateCard(at.path, ordinary);
  const { exported } = simulator;
  const certificate = (name: string) => new X509Certificate(readFileSync(join(exported, name)));
  for (const kind of ['auth', 'sign']) {
    expect(certificate(`${kind}.der`).verify(certificate(`${kind}-ca.der`).publicKey), kind).toBe(true);
  }
  expect([...readFileSync(join(exported, 'front.jp2')).subarray(4, 8)]).toEqual([...Buffer.from('jP  ')]);
  const persona = JSON.parse(readFileSync(join(exported, 'persona.json'), 'utf8'));
  expect(persona).toMatchObject({
    simulated: true,
    persona: 'adult',
    pin: '1234',
    note: expect.stringMatching(/[Tt]est values/),
  });
  expect(persona.verificationCodeB).toMatch(/^\d{14}$/);
});

test('the control socket is its owner’s alone', async () => {
  simulator = await simulateCard(at.path, ordinary);
  expect(statSync(simulator.control).mode & 0o777).toBe(0o600);
});
