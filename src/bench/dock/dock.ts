import files from '@fastify/static';
import type { WebSocket } from '@fastify/websocket';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import type { Clock } from '../../clock.ts';
import { addLocalGate, hostOf } from '../../kiosk/local-gate.ts';
import { addPageHeaders } from '../../kiosk/page-headers.ts';
import { carryOut, parseDockAction, parseOwnCard } from './dock-action.ts';
import type { DockBench } from './dock-bench.ts';

/** The log can change with every card command; the page is told at most this often. */
const VIEW_EVERY_MS = 100;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export type DockOptions = {
  readonly clock: Clock;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
  /** Where the built page lies. */
  readonly pageDir: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly bench: DockBench;
  /** Whose page may show the dock in its drawer; asked with every answer. */
  readonly kioskOrigin: () => string;
};

export type Dock = {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The address to open; with `?compact=1` the small version for the kiosk's drawer. */
  readonly url: string;
  close(): Promise<void>;
};

/** Serves the bench's own page, under the same rules as the kiosk's. */
export async function createDock(options: DockOptions): Promise<Dock> {
  const { bench, clock } = options;
  const token = Buffer.from(options.random(24)).toString('base64url');
  const app = fastify({ forceCloseConnections: true, bodyLimit: MAX_BODY_BYTES });
  await addPageHeaders(app, { shownBy: options.kioskOrigin });
  // Before the gate: the plugin closes the line of a refused upgrade only when it has seen the request first.
  await app.register(websocket, { options: { maxPayload: 1024 } });
  addLocalGate(app, { name: 'kazasu-dock', bootToken: { value: token, uses: 'many' }, random: options.random });
  app.get('/view', { websocket: true }, (socket) => showView(socket, bench, clock));
  app.post('/actions', async (request, reply) => {
    const action = parseDockAction(request.body, bench);
    if (!action) return reply.code(400).send();
    await carryOut(action, bench);
    return reply.code(204).send();
  });
  app.post('/own-card', async (request, reply) => {
    const pictures = parseOwnCard(request.body);
    return pictures ? bench.issueOwn(pictures) : reply.code(400).send();
  });
  await app.register(files, { root: options.pageDir, cacheControl: false });
  await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });

  const origin = `http://${hostOf(app)}`;
  return { origin, url: `${origin}/boot/${token}`, close: () => app.close() };
}

function showView(socket: WebSocket, bench: DockBench, clock: Clock): void {
  let cancelNext: (() => void) | undefined;
  const show = () => {
    cancelNext = undefined;
    socket.send(JSON.stringify(bench.view()));
  };
  const stop = bench.onChange(() => {
    cancelNext ??= clock.after(VIEW_EVERY_MS, show);
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    stop();
    cancelNext?.();
  });
  show();
}
