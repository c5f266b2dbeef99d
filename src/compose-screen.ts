/** The reader's own screen: Chromium kept on the kiosk page, and the reception ended when nobody can see it. */
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Result } from './faults/result.ts';
import { type KioskBrowser, openKioskBrowser, type ScreenLoss } from './kiosk/browser/kiosk-browser.ts';
import type { PageWatch } from './kiosk/browser/page-watch.ts';
import type { KioskServer } from './kiosk/server.ts';
import type { RecordsPort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';

const DEBIANS_CHROMIUM = '/usr/bin/chromium';

export type { ScreenLoss };

/** What the screen did, for whoever listens. */
export type ScreenNews = { readonly at: 'ready' } | { readonly at: 'lost'; readonly why: ScreenLoss };

export type KioskScreen = {
  readonly server: Pick<KioskServer, 'newOpening'>;
  readonly watch: PageWatch;
  readonly reader: Reader;
  readonly config: Config;
  readonly clock: Clock;
  readonly records: Pick<RecordsPort, 'note'>;
  readonly onNews: (news: ScreenNews) => void;
  readonly onDefect: (error: unknown) => void;
};

/** Faults: SYS-902 when there is no browser where the configuration says. */
export function openKioskScreen({
  server,
  watch,
  reader,
  records,
  config,
  clock,
  onNews,
  onDefect,
}: KioskScreen): Result<KioskBrowser> {
  return openKioskBrowser({
    executable: config.kiosk.browser ?? DEBIANS_CHROMIUM,
    clock,
    watch,
    newOpening: () => server.newOpening(),
    onDefect,
    onReady: () => onNews({ at: 'ready' }),
    onLost: (why) => {
      reader.pageLost();
      records.note([{ event: { name: 'page.lost', why }, atMs: clock.now(), wall: clock.wall() }]);
      onNews({ at: 'lost', why });
    },
  });
}
