/** Debian's pcscd with libccid's serial driver as its only reader, on a socket of its own. */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import type { GemVariantName } from '../../src/bench/module/gem-variants.ts';
import { fileOf, pathOf } from './programs.ts';
import type { Workshop } from './workshop.ts';

const DRIVER = '/usr/lib/pcsc/drivers/serial/libccidtwin.so';
const READY = 'daemon ready';
const START_BOUND_MS = 60_000;
const STOP_BOUND_MS = 5_000;

export type Pcscd = {
  /** What a client of it needs in its environment. */
  readonly env: Record<string, string>;
  stop(): Promise<void>;
};

let started = 0;

/** @param devicePath must be there already: a reader that is not is given up for good. Resolves when it can be asked. */
export async function startPcscd(workshop: Workshop, devicePath: string, readerName: GemVariantName): Promise<Pcscd> {
  const number = ++started;
  const socket = workshop.path(`pcscd-${number}.comm`);
  const config = workshop.path(`reader-${number}`);
  await mkdir(config);
  await writeFile(
    `${config}/reader.conf`,
    `FRIENDLYNAME "Bench"\nDEVICENAME ${devicePath}:${readerName}\nLIBPATH ${fileOf(DRIVER, 'libccid')}\n`,
  );
  const listenThenRun = await workshop.build('listen-then-run.c');
  // Auto-exit: should this process be killed, its pcscd goes too, a minute later.
  const args = [socket, pathOf('pcscd'), '--foreground', '--info', '--auto-exit', '--config', config];
  const child = spawn(listenThenRun, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  let onLog = (): void => {};
  const take = (bytes: Buffer) => {
    log += bytes.toString();
    onLog();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));

  async function stop(): Promise<void> {
    child.kill('SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), STOP_BOUND_MS);
    await ended;
    clearTimeout(kill);
  }

  const ready = new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`pcscd is not ready\n${log}`)), START_BOUND_MS);
    onLog = () => {
      if (!log.includes(READY)) return;
      clearTimeout(giveUp);
      resolve();
    };
    void ended.then(() => {
      clearTimeout(giveUp);
      reject(new Error(`pcscd ended\n${log}`));
    });
  });
  await ready.catch(async (error) => {
    await stop();
    throw error;
  });
  return { env: { PCSCLITE_CSOCK_NAME: socket }, stop };
}
