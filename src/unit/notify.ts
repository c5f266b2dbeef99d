/** What the service manager is told: systemd's notify protocol (sd_notify(3)), spoken by its own systemd-notify(1). */
import { execFile } from 'node:child_process';

export type Notifier = {
  /** How long it waits for a sign of life; undefined where it expects none. */
  readonly watchdogMs: number | undefined;
  /** The start is over. @param status one line for `systemctl status` */
  ready(status: string): void;
  status(status: string): void;
  /** A sign of life. */
  alive(): void;
  stopping(): void;
};

export type NotifierOptions = {
  /** `NOTIFY_SOCKET` and `WATCHDOG_USEC`, as systemd sets them; without a socket nobody is told anything. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly onDefect: (error: unknown) => void;
};

/** One that hangs is ended: the next sign of life is another one's. */
const BOUND_MS = 10_000;

/** Notices leave in the order in which they were given. The unit must have `NotifyAccess=all`: a child speaks. */
export function createNotifier({ environment, onDefect }: NotifierOptions): Notifier {
  const told = environment['NOTIFY_SOCKET'] !== undefined;
  const watchdogUs = Number(environment['WATCHDOG_USEC']);
  let last: Promise<void> = Promise.resolve();
  const tell = (...words: readonly string[]) => {
    if (told) last = last.then(() => notify(words, environment)).catch(onDefect);
  };
  return {
    watchdogMs: told && watchdogUs > 0 ? watchdogUs / 1_000 : undefined,
    ready: (status) => tell('READY=1', `STATUS=${oneLine(status)}`),
    status: (status) => tell(`STATUS=${oneLine(status)}`),
    alive: () => tell('WATCHDOG=1'),
    stopping: () => tell('STOPPING=1'),
  };
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function notify(words: readonly string[], env: NotifierOptions['environment']): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('systemd-notify', [...words], { env: { ...env }, timeout: BOUND_MS, killSignal: 'SIGKILL' }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
