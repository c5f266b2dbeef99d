/** Keeps the reader's screen there: starts Chromium on the kiosk page, and again whenever either is lost. */
import { accessSync, constants } from 'node:fs';
import { type Clock, pause } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { type BrowserProcess, startBrowser } from './browser-process.ts';
import type { Loss, PageWatch } from './page-watch.ts';

export type ScreenLoss = Loss | 'browser-ended';

export type KioskBrowserOptions = {
  readonly executable: string;
  readonly clock: Clock;
  readonly watch: PageWatch;
  /** An address that opens the page once, and the key that this page then carries. */
  readonly newOpening: () => { readonly url: string; readonly key: string };
  /** The page shows what it is told to. */
  readonly onReady: () => void;
  /** Nobody sees the screen any more: told before anything is done about it, so that the reception ends first. */
  readonly onLost: (why: ScreenLoss) => void;
  /** Told what kept a browser from being started or cleared away (no memory, no files): it is tried again. */
  readonly onDefect: (error: unknown) => void;
};

export type KioskBrowser = {
  /** Of the browser that is there now. */
  readonly pid: number | undefined;
  /** Ends the browser, and removes what it kept. */
  close(): Promise<void>;
};

/** A page that stood this long was no failed attempt. */
const STEADY_MS = 30_000;
/** The first loss and the second are mended at once; what keeps failing must not take all the machine's time. */
const PAUSES_MS = [0, 0, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;
const LONGEST_PAUSE_MS = 30_000;

/** Faults: SYS-902 when there is no such program. */
export function openKioskBrowser(options: KioskBrowserOptions): Result<KioskBrowser> {
  try {
    accessSync(options.executable, constants.X_OK);
  } catch {
    return failed(
      'SYS-902',
      `kiosk.browser: there is no program ${options.executable}. On Debian: apt install chromium; elsewhere name it here`,
    );
  }
  const closing = new AbortController();
  let browser: BrowserProcess | undefined;
  const keeping = keepOpen(options, closing.signal, (started) => {
    browser = started;
  });
  return ok({
    get pid() {
      return browser?.pid;
    },
    async close() {
      closing.abort();
      await keeping;
    },
  });
}

async function keepOpen(
  options: KioskBrowserOptions,
  closing: AbortSignal,
  onStarted: (browser: BrowserProcess) => void,
): Promise<void> {
  const { clock, onDefect } = options;
  let losses = 0;
  while (!closing.aborted) {
    const startedAt = clock.now();
    await showOnce(options, closing, onStarted).catch(onDefect);
    losses = clock.now() - startedAt >= STEADY_MS ? 1 : losses + 1;
    await pause(clock, PAUSES_MS[losses - 1] ?? LONGEST_PAUSE_MS, closing);
  }
}

async function showOnce(
  options: KioskBrowserOptions,
  closing: AbortSignal,
  onStarted: (browser: BrowserProcess) => void,
): Promise<void> {
  const { url, key } = options.newOpening();
  const browser = startBrowser(options.executable, url);
  onStarted(browser);
  const why = await lossOf(browser, key, options, closing);
  try {
    if (why) options.onLost(why);
  } finally {
    await browser.kill();
  }
}

/** Resolves when browser or page are lost, saying how; with undefined when the screen is to be closed. */
function lossOf(
  browser: BrowserProcess,
  key: string,
  { watch, onReady }: KioskBrowserOptions,
  closing: AbortSignal,
): Promise<ScreenLoss | undefined> {
  return new Promise((resolve) => {
    const settled = new AbortController();
    const over = (why?: ScreenLoss) => {
      stop();
      settled.abort();
      resolve(why);
    };
    const stop = watch.start({ key, onReady, onLost: over });
    browser.ended.addEventListener('abort', () => over('browser-ended'), { signal: settled.signal });
    closing.addEventListener('abort', () => over(), { signal: settled.signal });
  });
}
