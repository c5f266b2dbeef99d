/** The technician's menu on a real kiosk server, over a reader that shows one screen. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createKioskServer } from '../../src/kiosk/server.ts';
import { testedParts } from '../../src/technician/parts.ts';
import type { Check } from '../../src/technician/self-test.ts';
import { openMenuBench } from '../technician/menu-bench.ts';
import { root } from './kiosk-browser.ts';
import { ScriptedSource } from './scripted-source.ts';

/** One of each outcome, with the longest words that come. */
const everyOutcome: readonly Check[] = testedParts.map((part, place) => ({
  part,
  run: async () => {
    if (part === 'gateway')
      return { at: 'failed', code: 'GATE-504', detail: 'https://gateway.example.jp:8443: ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' };
    if (part === 'disk') return { at: 'failed', code: 'UNIT-957', detail: '42 MiB free of the 100 MiB that are needed' };
    if (place % 5 === 4) return { at: 'not-here', why: 'no unit runs here that would have it' };
    return { at: 'ok', found: '192.168.1.20/24; name server 192.168.1.1' };
  },
}));

/** Five seconds at the keys are one tenth of that. */
const hurried: Clock = { ...systemClock, after: (delayMs, action) => systemClock.after(delayMs / 10, action) };

class WithMenu extends ScriptedSource {
  readonly bench = openMenuBench({ clock: hurried, checks: everyOutcome, anyPassword: true });

  constructor() {
    super();
    this.bench.menu.watch(() => this.show({ at: 'idle' }, this.#about()));
  }

  #about() {
    const technician = this.bench.menu.view();
    return technician ? { technician } : {};
  }

  technician = this.bench.menu.say;
  override pinKey = (key: number) => void this.bench.menu.key(key);
}

export async function serveMenu() {
  const source = new WithMenu();
  const server = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir: join(root, 'build/kiosk'),
    bootToken: { value: randomBytes(24).toString('base64url'), uses: 'many' },
    source,
  });
  const { bench } = source;
  return {
    source,
    server,
    bench,
    async close() {
      bench.menu.close();
      await server.close();
      bench.remove();
    },
  };
}
