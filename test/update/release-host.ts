/** A static HTTPS server that knows its readers by their certificates, and ranges; it can be told to fail. */
import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { TlsCa, TlsIdentity } from '../../src/bench/pki/tls-ca.ts';

export type Trouble =
  /** The line breaks after so many bytes of what was asked for. */
  | { readonly cutAfter: number }
  | { readonly status: number }
  /** The head and so many bytes come, and then nothing. */
  | { readonly silentAfter: number }
  | { readonly withoutRanges: true }
  /** It gives another part than was asked for, and says so. */
  | { readonly otherPart: true };

export async function openReleaseHost(folder: string, ca: TlsCa, identity?: TlsIdentity) {
  const { key, cert } = identity ?? (await ca.issueServer());
  const asked: { readonly path: string; readonly range: string | undefined; readonly agent: string | undefined }[] = [];
  const troubles: Trouble[] = [];

  function give(request: IncomingMessage, response: ServerResponse): void {
    const path = new URL(request.url ?? '/', 'https://here').pathname;
    const { range, 'user-agent': agent } = request.headers;
    asked.push({ path, range, agent });
    const trouble = path.endsWith('.raucb') ? troubles.shift() : undefined;
    if (trouble && 'status' in trouble) {
      response.writeHead(trouble.status).end();
      return;
    }
    const file = join(folder, path);
    const size = sizeOf(file);
    const known = !(trouble && 'withoutRanges' in trouble);
    const [, first = 0, last] = (known ? /^bytes=(\d+)-(\d+)$/.exec(range ?? '') : null)?.map(Number) ?? [];
    const from = trouble && 'otherPart' in trouble ? first + 1 : first;
    if (size === undefined) {
      response.writeHead(404).end();
      return;
    }
    if (last !== undefined && last >= size) {
      response.writeHead(416).end();
      return;
    }
    const length = (last ?? size - 1) - from + 1;
    const head = last === undefined ? {} : { 'content-range': `bytes ${from}-${last}/${size}` };
    response.writeHead(last === undefined ? 200 : 206, { 'content-length': length, ...head });
    const given =
      trouble && 'cutAfter' in trouble ? trouble.cutAfter : trouble && 'silentAfter' in trouble ? trouble.silentAfter : length;
    const stream = createReadStream(file, { start: from, end: from + given - 1 });
    if (given >= length) stream.pipe(response);
    else {
      stream.pipe(response, { end: false });
      if (trouble && 'cutAfter' in trouble) stream.on('end', () => response.socket?.destroySoon());
    }
  }

  let connections = 0;
  const server = createServer({ key, cert, ca: ca.ca, requestCert: true, rejectUnauthorized: true }, give);
  server.on('tlsClientError', () => {});
  server.on('secureConnection', () => connections++);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    feed: `https://localhost:${port}/releases.json`,
    asked,
    /** How many there were so far. */
    connections: () => connections,
    /** What befalls the next requests for a bundle, in this order. */
    befall: (...next: readonly Trouble[]) => troubles.push(...next),
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}

function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size;
  } catch {
    return undefined;
  }
}
