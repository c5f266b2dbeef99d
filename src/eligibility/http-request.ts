/**
 * One HTTP exchange, as narrow as the gateway client needs it: tests put another transport in its place.
 * Rejects with the transport's own error (see gateway-fault.ts), or with the signal's reason.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agent, buildConnector, type Dispatcher, request } from 'undici';
import { unlessAborted } from './unless-aborted.ts';

export type HttpRequest = (exchange: {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** From the server's root on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** More than this of an answer is not read: the exchange rejects with AnswerTooLarge. */
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal;
}) => Promise<HttpAnswer>;

export type HttpAnswer = {
  readonly status: number;
  /** The answer's content-type header, or empty. */
  readonly contentType: string;
  /** The answer's traceparent header, or empty. */
  readonly traceparent: string;
  readonly body: Uint8Array;
};

export class AnswerTooLarge extends Error {}

/** Who the gateway must be: PEM. */
export type TlsTrust = {
  readonly ca: string | Buffer;
  /** The authority's list of revoked certificates: with it, a gateway is believed only while its list is of the day. */
  readonly crl?: string | Buffer;
};

/** And who this reader is. A certificate that is renewed in it counts from the next connection on. */
export type TlsIdentity = TlsTrust & { readonly cert: string | Buffer; readonly key: string | Buffer };

/** How long a connection may take to stand; the call's own deadline may be shorter. */
const CONNECT_TIMEOUT_MS = 5_000;
const KEEP_ALIVE_MS = 60_000;

/** HTTPS with TLS 1.3 and this reader's certificate, where it has one; connections are kept between the calls of a
 *  reception. */
export function httpsRequest(origin: string, tls: TlsTrust | TlsIdentity): { request: HttpRequest; close(): Promise<void> } {
  const agent = new Agent({
    connect: connector(tls),
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Deadlines are the client's, by its own clock and signal.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 16_384,
  });
  async function exchange({ method, path, headers, body, maxAnswerBytes, signal }: Parameters<HttpRequest>[0]) {
    const answer = await request(new URL(path, origin), {
      dispatcher: agent,
      method,
      headers,
      signal,
      ...(body === undefined ? {} : { body }),
    });
    const read = await readAtMost(answer.body, maxAnswerBytes);
    // undici hands a connection out again a turn of the event loop later: who asked at once would make another one.
    await nextTurn();
    return {
      status: answer.statusCode,
      contentType: headerOf(answer, 'content-type'),
      traceparent: headerOf(answer, 'traceparent'),
      body: read,
    };
  }

  return {
    // undici looks at the signal once a connection stands; until then it would be waited for.
    request: (asked) => unlessAborted(exchange(asked), asked.signal),
    close: () => agent.destroy(),
  };
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string {
  const value = answer.headers[name];
  return typeof value === 'string' ? value : '';
}

/**
 * With TLS 1.3 a server turns a client's certificate down after the client's handshake has ended, by an alert.
 * undici would read on and report the closed connection that follows; the socket ends at the alert instead.
 */
function connector(tls: TlsTrust | TlsIdentity): buildConnector.connector {
  const build = () => buildConnector({ ...tls, minVersion: 'TLSv1.3', rejectUnauthorized: true, timeout: CONNECT_TIMEOUT_MS });
  const certificate = () => ('cert' in tls ? tls.cert : undefined);
  let connect = build();
  let connectsWith = certificate();
  return (options, connected) => {
    if (certificate() !== connectsWith) {
      connect = build();
      connectsWith = certificate();
    }
    connect(options, (...outcome) => {
      const [, socket] = outcome;
      socket?.once('error', (error) => socket.destroy(error));
      connected(...outcome);
    });
  };
}

async function readAtMost(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (length > maxBytes) throw new AnswerTooLarge(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
