import { request } from 'node:http';
import { WebSocket } from 'ws';

export type Answer = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
};

type Asked = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

/** One plain HTTP request with exactly these headers: a browser would not let us lie about Host and Origin. */
export function ask(url: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Opens the page as a browser does: the boot address gives the cookie. */
export async function cookieFrom(bootUrl: string): Promise<string> {
  const { status, headers } = await ask(bootUrl);
  if (status !== 302) throw new Error(`the boot address answered ${status}`);
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

/** What came of a WebSocket: opened, or the HTTP status that it was refused with. */
export type Opened = { readonly socket: WebSocket } | { readonly refused: number };

const inboxes = new WeakMap<WebSocket, Buffer[]>();

export function openSocket(url: string, headers: Record<string, string>): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers });
    const inbox: Buffer[] = [];
    inboxes.set(socket, inbox);
    // From the beginning: the first message may come together with the answer to the upgrade.
    socket.on('message', (data) => inbox.push(data as Buffer));
    socket.once('open', () => resolve({ socket }));
    socket.once('unexpected-response', (_request, answer) => {
      answer.resume();
      resolve({ refused: answer.statusCode ?? 0 });
    });
    socket.once('error', reject);
  });
}

/** @returns the first message that nobody has taken yet, as text or bytes */
export async function nextMessage(socket: WebSocket): Promise<Buffer> {
  const inbox = inboxes.get(socket) ?? [];
  if (inbox.length === 0) await new Promise((resolve) => socket.once('message', resolve));
  return inbox.shift() as Buffer;
}

export const closed = (socket: WebSocket): Promise<{ code: number; reason: string }> =>
  new Promise((resolve) => socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })));
