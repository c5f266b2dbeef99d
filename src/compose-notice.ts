/** The kiosk while there is no reader: why not, with the code for staff, rather than a black screen. */
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { systemClock } from './clock.ts';
import type { FaultCode } from './faults/catalogue.ts';
import { openKioskBrowser } from './kiosk/browser/kiosk-browser.ts';
import { createPageWatch } from './kiosk/browser/page-watch.ts';
import { createNoticeSource } from './kiosk/notice-source.ts';
import { createKioskServer } from './kiosk/server.ts';

/** Where the unit's image has its browser, whatever a wrong site file says. */
const UNITS_BROWSER = '/usr/lib/kazasu/kiosk-browser';

export type Notice = { close(): Promise<void> };

/** @param browser the one that the site file names, where it could be read */
export async function showNotice(code: FaultCode, browser = UNITS_BROWSER): Promise<Notice> {
  const clock = systemClock;
  const watch = createPageWatch(clock);
  const server = await createKioskServer({
    random: randomBytes,
    pageDir: resolve('build/kiosk'),
    bootToken: { value: randomBytes(24).toString('base64url'), uses: 'once' },
    source: createNoticeSource(code),
    watch,
  });
  const screen = openKioskBrowser({
    ...{ executable: browser, clock, watch, newOpening: () => server.newOpening() },
    // Nothing depends on this page: one that is lost is opened again.
    ...{ onReady() {}, onLost() {}, onDefect() {} },
  });
  return {
    async close() {
      if (screen.ok) await screen.value.close();
      await server.close();
    },
  };
}
