import files from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import type { PageWatch } from './browser/page-watch.ts';
import type { KioskSource } from './kiosk-source.ts';
import { addLocalGate, type BootToken, hostOf } from './local-gate.ts';
import { createPadPages } from './pad-pages.ts';
import { addPageHeaders } from './page-headers.ts';
import { attachPage } from './page-link.ts';
import { watchScreenAge } from './screen-age.ts';

/** A 640×480 JPEG is about 25 kB; what is larger than this is not a picture of ours. */
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

export type KioskServerOptions = {
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
  /** Where the built page lies. */
  readonly pageDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly bootToken: BootToken;
  /** The bench's own page, shown in a drawer. */
  readonly dockOrigin?: string;
  readonly source: KioskSource;
  /** Told of the page that the reader's own browser opened; absent where nobody keeps one. */
  readonly watch?: PageWatch;
  readonly log?: (event: { readonly name: 'kiosk.refused'; readonly status: number; readonly reason: string }) => void;
};

export type KioskServer = {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The address to open: it exchanges the boot token for a cookie. */
  readonly bootUrl: string;
  /** For the reader's own browser: `url` opens the page once, and that page is known to the watch by `key`. */
  newOpening(): { readonly url: string; readonly key: string };
  /** Tells the page of a key of the panel's pad. @param key in ASCII @param down whether it goes down, or up again */
  padKey(key: number, down: boolean): void;
  close(): Promise<void>;
};

/**
 * Serves the kiosk page and its one WebSocket on loopback. The page shows snapshots and says intents;
 * it decides nothing, and nothing that it sends is believed unchecked.
 */
export async function createKioskServer(options: KioskServerOptions): Promise<KioskServer> {
  const { source, dockOrigin } = options;
  const app = fastify({ forceCloseConnections: true });
  await addPageHeaders(app, { shows: dockOrigin === undefined ? undefined : () => dockOrigin, runsWasm: true });
  // Before the gate: the plugin closes the line of a refused upgrade only when it has seen the request first.
  await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } });
  const gate = addLocalGate(app, {
    name: 'kazasu-kiosk',
    bootToken: options.bootToken,
    random: options.random,
    onRefused: (status, reason) => options.log?.({ name: 'kiosk.refused', status, reason }),
  });
  const screenAge = watchScreenAge(source);
  const pad = createPadPages();
  app.get<{ Querystring: { page?: string } }>('/link', { websocket: true }, (socket, { query }) => {
    attachPage(socket, source, screenAge, (sendBeat) => options.watch?.join(String(query.page), sendBeat));
    pad.join(socket);
  });
  await app.register(files, { root: options.pageDir, cacheControl: false });
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

  const origin = `http://${hostOf(app)}`;
  return {
    origin,
    bootUrl: `${origin}/boot/${options.bootToken.value}`,
    newOpening() {
      const key = Buffer.from(options.random(16)).toString('hex');
      return { key, url: `${origin}/boot/${gate.newToken()}?page=${key}` };
    },
    padKey: pad.key,
    async close() {
      screenAge.stop();
      await app.close();
    },
  };
}
