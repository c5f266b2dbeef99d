/** A unit's runtime as its service manager starts it, in a process of its own with a folder of its own. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Asked, Opened } from './outside.ts';

export type Outside = Opened & { ask<Answer>(asked: Asked): Promise<Answer>; close(): void };

export async function openOutside(): Promise<Outside> {
  const child = fork(fileURLToPath(new URL('./outside.ts', import.meta.url)), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [opened] = (await once(child, 'message')) as [Opened];
  return {
    ...opened,
    async ask<Answer>(asked: Asked) {
      child.send(asked);
      const [answer] = await once(child, 'message');
      return answer as Answer;
    },
    close: () => child.disconnect(),
  };
}

export type UnitFolder = {
  readonly folder: string;
  readonly site: string;
  readonly data: string;
  readonly control: string;
  readonly token: string;
  remove(): void;
};

/** A site file for the world outside, and a token beside it. */
export function makeUnitFolder(outside: Opened, more: object = {}): UnitFolder {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-unit-'));
  const at = (name: string) => join(folder, name);
  mkdirSync(at('site'));
  const hand = at('kiosk-browser');
  writeFileSync(hand, `#!/bin/sh\nexec "${process.execPath}" "${fileURLToPath(new URL('./hand.ts', import.meta.url))}" "$@"\n`);
  chmodSync(hand, 0o755);
  const site = {
    readerId: 'KZTEST01',
    medicalInstitutionCode: '1312345678',
    gateway: { url: outside.gatewayUrl, caPem: outside.caPem, enrolUrl: outside.enrolUrl },
    network: { dhcp: true },
    time: { servers: ['ntp.nict.jp'] },
    desk: { host: '127.0.0.1' },
    ports: { kiosk: 0, numbers: 0, desk: 0 },
    kiosk: { browser: hand },
    module: { path: outside.modulePath, protocol: 'gem' },
    without: ['panel', 'face-camera', 'card-camera'],
    ...more,
  };
  writeFileSync(at('site/site.json'), JSON.stringify(site));
  writeFileSync(at('site/enrolment-token'), `${outside.token}\n`, { mode: 0o600 });
  return {
    ...{ folder, site: at('site/site.json'), token: at('site/enrolment-token'), data: at('data'), control: at('control.sock') },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type UnitProcess = {
  readonly child: ChildProcess;
  /** What it wrote so far. */
  said(): string;
  /** The screens that were shown, in order. */
  screens(): readonly string[];
  /** Resolves once this was said; rejects when the process ends before. */
  says(words: string): Promise<void>;
  /** @returns its exit code, or the signal that ended it */
  ends(): Promise<number | string>;
};

/** @param more words for Node, @param environment for the process, beside its own */
export function startUnit(
  { folder, site, data, control }: UnitFolder,
  more: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
): UnitProcess {
  const log = join(folder, 'screens.log');
  rmSync(log, { force: true });
  const args = [...more, 'src/main.ts', 'unit', '--site', site, '--data', data, '--control', control];
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HAND_LOG: log, HAND_PIN: '1234', ...environment },
  });
  let said = '';
  let ended: number | string | undefined;
  const news = new EventEmitter().setMaxListeners(0);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      news.emit('said');
    });
  }
  const end = once(child, 'exit').then(([code, signal]) => {
    ended = (code ?? signal) as number | string;
    news.emit('said');
    return ended;
  });
  const until = async (met: () => boolean, what: string) => {
    while (!met()) {
      if (ended !== undefined) throw new Error(`ended (${ended}) before ${what}:\n${said}`);
      await once(news, 'said');
    }
  };
  return {
    child,
    said: () => said,
    screens: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []),
    says: (words) => until(() => said.includes(words), `"${words}"`),
    ends: () => end,
  };
}

/** One line asked of the control socket. */
export async function askControl(path: string, line: string): Promise<Record<string, unknown>> {
  const socket = connect(path);
  socket.end(`${line}\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
