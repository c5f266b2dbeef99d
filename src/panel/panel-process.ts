import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { KEY_PIPE, type PanelNews, type PanelOrder } from './panel-messages.ts';

/** Of what a crashing process writes, enough for its message. */
const LAST_WORDS = 2_000;

export type PanelProcess = {
  readonly pid: number | undefined;
  /** Resolves with why when the process has ended, or could not be started. */
  readonly ended: Promise<string>;
  send(order: PanelOrder): void;
  /** Resolves when it has ended; may be called twice. */
  kill(): Promise<void>;
};

export type PanelProcessOptions = {
  readonly path: string;
  readonly onNews: (news: PanelNews) => void;
  /** One byte a key; see KEY_DOWN. */
  readonly onKey: (key: number) => void;
};

/**
 * Starts the process that holds the panel's line.
 *
 *   orders, news   Node's own channel between the two
 *   pad keys       a pipe of their own, one byte a key: a digit of a PIN is never part of a text, neither in a message nor
 *                  in what a crash writes, and each chunk is wiped when its bytes have been passed on
 */
export function startPanelProcess({ path, onNews, onKey }: PanelProcessOptions): PanelProcess {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [path], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    execArgv: [],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(0, LAST_WORDS);
  });
  child.stdio[KEY_PIPE]?.on('data', (keys: Buffer) => {
    for (const key of keys) onKey(key);
    keys.fill(0);
  });
  child.on('message', (news) => onNews(news as PanelNews));
  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => resolve(errorIn(lastWords) ?? `its process ended with ${signal ?? code}`));
    child.on('error', (error) => resolve(error.message));
  });
  return {
    pid: child.pid,
    ended,
    send(order) {
      // What is on its way when the process ends is not missed.
      if (child.connected) child.send(order, () => {});
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The line of a crash that says what it was. */
const errorIn = (lastWords: string): string | undefined => /^\w*Error.*$/m.exec(lastWords)?.[0];
