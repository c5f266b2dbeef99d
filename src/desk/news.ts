import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { type Desk, forRole } from './desk.ts';
import { refuse } from './desk-gate.ts';
import { HEARTBEAT_MS } from './heartbeat.ts';
import type { SignIn } from './sign-ins.ts';
import { viewFor } from './view.ts';

/** Many things change at once while a card is read; a page is told at most this often. */
const TELL_EVERY_MS = 100;

/** A page that has not taken this much has stopped reading. */
const MAX_BACKLOG_BYTES = 1024 * 1024;
const MOST_PAGES = 20;

/**
 * `GET /news`: the view as server-sent events, at once and after every change (WHATWG HTML §9.2). It ends when its
 * person is signed out.
 */
export function addNewsRoute(app: FastifyInstance, desk: Desk): void {
  let pages = 0;
  app.get(
    '/news',
    forRole(desk, 'reception', (signIn, _request, reply) => {
      if (pages >= MOST_PAGES) return refuse(reply, 'too-many');
      pages++;
      reply.hijack();
      const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream' } as Record<string, string>;
      reply.raw.writeHead(200, headers);
      tell(reply.raw, signIn, desk);
      reply.raw.on('close', () => pages--);
    }),
  );
}

function tell(line: ServerResponse, signIn: SignIn, desk: Desk): void {
  const { clock, source } = desk;
  let cancelTell: (() => void) | undefined;
  let cancelBeat = () => {};
  const end = () => line.destroy();
  const write = (text: string) => {
    if (line.writableLength > MAX_BACKLOG_BYTES) end();
    else line.write(text);
    cancelBeat();
    cancelBeat = clock.after(HEARTBEAT_MS, () => write('event: beat\ndata: -\n\n'));
  };
  const show = () => {
    cancelTell = undefined;
    write(`data: ${JSON.stringify(viewFor(desk, signIn.person))}\n\n`);
  };
  const stop = source.watch(() => {
    cancelTell ??= clock.after(TELL_EVERY_MS, show);
  });
  signIn.over.addEventListener('abort', end, { once: true });
  line.on('error', end);
  line.on('close', () => {
    stop();
    cancelTell?.();
    cancelBeat();
    signIn.over.removeEventListener('abort', end);
  });
  show();
}
