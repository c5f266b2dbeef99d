/** The technicians' commands against the simulator, each a process of its own. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { folder, kazasu, type RunningSimulator, simulateCard } from './kazasu.ts';

/** Right in form, and not the card's. */
const WRONG_CODE = '56051420319999';

describe.each(protocolsOf('auto').map(({ id }) => id))('a card on a %s module', (module) => {
  const at = folder();
  let simulator: RunningSimulator;
  let where: readonly string[];
  const card = (name: string, ...more: string[]) => kazasu(['card', name, ...where, ...more]);
  const out = (name: string) => join(at.path, name);
  const codeB = () => ['--verification-code-b', simulator.verificationCodeB];
  const trusting = () => ['--trust', join(simulator.exported, 'cv-root.pem')];

  beforeAll(async () => {
    simulator = await simulateCard(at.path, ['--module', module, '--persona', 'adult', '--unpaced']);
    where = ['--module', module, '--port', simulator.link];
  });

  afterAll(async () => {
    await simulator.stop();
    at.remove();
  });

  test('status tells of module and card, and spends no try', async () => {
    const first = await card('status', '--json');
    const second = await kazasu(['card', 'status', '--module', 'auto', '--port', simulator.link, '--json']);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const [before, after] = [JSON.parse(first.stdout), JSON.parse(second.stdout)];
    expect(before).toMatchObject({
      atr: expect.stringMatching(/^3B/),
      kind: 'card',
      applications: expect.arrayContaining(['jpki', 'cardFace']),
      certificate: { issuedByAuthorityOnCard: true },
      tries: { pin: { left: 3 }, codeB: { left: 10 } },
    });
    expect(after).toEqual(before);
  });

  test('a reader’s configuration tells where the module is, and a word given here goes before it', async () => {
    const config = out('reader.json');
    writeFileSync(config, JSON.stringify({ module: { protocol: module, path: simulator.link } }));
    const { code, stdout } = await kazasu(['card', 'status', '--config', config, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ port: simulator.link, tries: { pin: { left: 3 } } });
    writeFileSync(config, JSON.stringify({ module: { protocol: module, path: '/dev/none' } }));
    expect((await kazasu(['card', 'status', '--config', config, '--port', simulator.link, '--json'])).code).toBe(0);
    writeFileSync(config, JSON.stringify({ module: { protocol: 'usb' } }));
    expect(await kazasu(['card', 'status', '--config', config])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/module\.protocol/),
    });
  });

  test('status for people has one line a fact', async () => {
    const { stdout } = await card('status');
    expect(stdout).toMatch(/^atr: 3B/m);
    expect(stdout).toMatch(/^ {2}pin: 3 of 3$/m);
  });

  test('portrait: the bytes of the simulated card, checked under the root, and what they cost', async () => {
    const file = out('portrait.jp2');
    const ended = await card('portrait', '--json', '--out', file, ...codeB(), ...trusting());
    expect(ended.stderr).toMatch(/once/);
    expect(ended.code).toBe(0);
    expect(readFileSync(file).equals(readFileSync(join(simulator.exported, 'front.jp2')))).toBe(true);
    const report = JSON.parse(ended.stdout);
    expect(report).toMatchObject({ written: file, checked: { cardFaceSignature: true, ownKey: true, root: 'trusted' } });
    expect(report.portraitBytes).toBe(readFileSync(file).length);
    const { line, sentBytes, receivedBytes, wireMs } = report;
    expect(wireMs).toBeCloseTo(((sentBytes + receivedBytes) * line.bitsPerCharacter * 1000) / line.baudRate, 2);
    expect(receivedBytes).toBeGreaterThan(report.portraitBytes);
  });

  test('portrait without a root says so and writes nothing, unless that is wanted', async () => {
    const file = out('untrusted.jp2');
    const ended = await card('portrait', '--out', file, ...codeB());
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/root.*NOT checked/) });
    expect(existsSync(file)).toBe(false);
    const wanted = await card('portrait', '--out', file, '--untrusted', ...codeB());
    expect(wanted).toMatchObject({ code: 0, stderr: expect.stringMatching(/root.*NOT checked/) });
    expect(existsSync(file)).toBe(true);
  });

  test('portrait under another root is not believed and not written', async () => {
    const [file, root] = [out('other.jp2'), out('other-root.pem')];
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(root, publicKey.export({ type: 'spki', format: 'pem' }));
    const ended = await card('portrait', '--out', file, '--trust', root, ...codeB());
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/CARD-106/) });
    expect(existsSync(file)).toBe(false);
  });
});

describe('on one module', () => {
  const at = folder();
  let simulator: RunningSimulator;
  const card = (...args: string[]) => kazasu(['card', ...args, '--module', 'gem', '--port', simulator.link]);
  const triesOfB = async () => JSON.parse((await card('status', '--json')).stdout).tries.codeB.left as number;

  beforeAll(async () => {
    simulator = await simulateCard(at.path, ['--module', 'gem', '--persona', 'adult', '--unpaced']);
  });

  afterAll(async () => {
    await simulator.stop();
    at.remove();
  });

  test('digits that cannot be 照合番号B are not presented', async () => {
    expect(await card('portrait', '--verification-code-b', '99999999999999')).toMatchObject({ code: 2 });
    expect(await card('portrait', '--verification-code-b', '123')).toMatchObject({ code: 2 });
    expect(await triesOfB()).toBe(10);
  });

  test('a code that was forgotten is asked for', async () => {
    expect(await card('portrait')).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--verification-code-b is missing/) });
  });

  test('a place where nothing can be written is named before the code is presented', async () => {
    const code = ['--verification-code-b', WRONG_CODE, '--untrusted'];
    for (const place of [join(at.path, 'no', 'front.jp2'), at.path, '']) {
      const ended = await card('portrait', ...code, '--out', place);
      expect(ended, place).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--out: /) });
    }
    expect(await triesOfB()).toBe(10);
  });

  test('a disk that is full is named', async () => {
    const ended = await card(
      'portrait',
      '--verification-code-b',
      simulator.verificationCodeB,
      '--untrusted',
      '--out',
      '/dev/full',
    );
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/was read, but \/dev\/full cannot be written \(ENOSPC\)/),
    });
  });

  test('a file that is no root is told from one that is not there', async () => {
    const trust = (file: string) => card('portrait', '--verification-code-b', simulator.verificationCodeB, '--trust', file);
    expect(await trust(join(at.path, 'none.pem'))).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/cannot be read \(ENOENT\)/),
    });
    const noKey = join(simulator.exported, 'persona.json');
    expect(await trust(noKey)).toMatchObject({ code: 2, stderr: expect.stringMatching(/holds no public key/) });
  });

  test('a smartphone is told from a fault of the line', async () => {
    await simulator.ask('swap phone-android');
    const ended = await card('portrait', '--verification-code-b', WRONG_CODE);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/a smartphone.*Nothing was presented/) });
    await simulator.ask('swap adult');
  });

  test('the code may come by standard input', async () => {
    const args = ['card', 'portrait', '--module', 'gem', '--port', simulator.link, '--verification-code-b', '-'];
    expect(await kazasu(args, `${simulator.verificationCodeB}\n`)).toMatchObject({ code: 0 });
  });

  test('each wrong code spends one try, and below five none is presented', async () => {
    for (let left = 9; left >= 4; left--) {
      const ended = await card('portrait', '--verification-code-b', WRONG_CODE);
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/CARD-107.*has spent one/) });
    }
    expect(await triesOfB()).toBe(4);
    const ended = await card('portrait', '--verification-code-b', simulator.verificationCodeB);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/CARD-111.*nothing was presented/) });
    expect(await triesOfB()).toBe(4);
  });

  test('an empty slot and a port that is not there are named with what to do', async () => {
    expect(await simulator.ask('remove')).toMatch(/^ok/);
    expect(await card('status')).toMatchObject({ code: 1, stderr: expect.stringMatching(/CARD-101.*Place it/) });
    const nowhere = await kazasu(['card', 'status', '--module', 'gem', '--port', join(at.path, 'nowhere')]);
    expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/MOD-202.*Nothing is at this path/) });
  });

  test('a file that is no serial port is named as such', async () => {
    const ended = await kazasu(['card', 'status', '--module', 'gem', '--port', '/dev/null']);
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/MOD-202.*no serial port/) });
  });

  test('a wrong call ends with 2', async () => {
    for (const args of [[], ['dance'], ['status'], ['status', '--module', 'usb', '--port', simulator.link]]) {
      expect(await kazasu(['card', ...args]), args.join(' ')).toMatchObject({ code: 2, stdout: '' });
    }
  });
});
