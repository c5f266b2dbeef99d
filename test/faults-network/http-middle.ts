/**
 * An HTTPS proxy on loopback that ends the reader's TLS, as a load balancer of a gateway does, and passes requests on
 * with the reader's own certificate. It can do to a request or an answer what such machines do.
 */
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { BenchPki } from '../../src/bench/pki/bench-pki.ts';
import { type Answer, type Spoilt, spoil } from './spoilt-answers.ts';

export const requestFaults = [
  /** The connection ends before the request has been passed on. */
  'lost-request',
  /** The request is passed on, and the connection ends before its answer. */
  'lost-answer',
  /** The request is passed on long after the reader has given up. */
  'late-request',
  /** The request is passed on twice; the second answer is given. */
  'doubled-request',
] as const;
export const certificateFaults = ['expired-certificate', 'other-authority', 'revoked-certificate'] as const;
export type MiddleFault = Spoilt | (typeof requestFaults)[number] | (typeof certificateFaults)[number];

type Identity = { readonly cert: string; readonly key: string };
type Options = {
  readonly pki: BenchPki;
  readonly targetPort: number;
  readonly reader: Identity;
  readonly bad: Readonly<Record<(typeof certificateFaults)[number], Identity>>;
};

export class HttpMiddle {
  readonly #server: Server;
  readonly #options: Options;
  readonly #agent: Agent;
  readonly #held: (() => Promise<unknown>)[] = [];
  /** The last answer that each operation was given, of whatever reception. */
  readonly #earlier = new Map<string, Answer>();
  #last: Answer | undefined;
  #fault: MiddleFault | undefined;
  #times = 0;

  static async open(options: Options): Promise<HttpMiddle> {
    const middle = new HttpMiddle(options);
    middle.#server.listen(0, '127.0.0.1');
    await once(middle.#server, 'listening');
    return middle;
  }

  private constructor(options: Options) {
    const { pki, reader } = options;
    this.#options = options;
    this.#agent = new Agent({ keepAlive: true, ca: pki.tls.ca, ...reader });
    this.#server = createServer({ ...pki.tls.server, minVersion: 'TLSv1.3' }, (incoming, outgoing) => {
      this.#serve(incoming, outgoing).catch(() => outgoing.socket?.destroy());
    });
    this.#server.on('tlsClientError', () => {});
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  arm(fault: MiddleFault, times: number): void {
    this.#fault = fault;
    this.#times = times;
    const bad = certificateFaults.find((one) => one === fault);
    if (bad) this.#showCertificate(this.#options.bad[bad]);
  }

  disarm(): void {
    if (certificateFaults.some((one) => one === this.#fault)) this.#showCertificate(this.#options.pki.tls.server);
    this.#fault = undefined;
  }

  /** Passes on what was held back, and waits for its answers, which nobody gets. */
  async release(): Promise<void> {
    for (const send of this.#held.splice(0)) await send().catch(() => {});
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    this.#agent.destroy();
  }

  #showCertificate(identity: Identity): void {
    this.#server.setSecureContext({ ...identity, minVersion: 'TLSv1.3' });
    this.#server.closeAllConnections();
  }

  #take(): MiddleFault | undefined {
    if (!this.#fault || this.#times <= 0) return undefined;
    this.#times--;
    return this.#fault;
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const send = () => this.#forward(incoming, body);
    const fault = this.#take();
    switch (fault) {
      case 'lost-request':
        return void outgoing.socket?.destroy();
      case 'lost-answer':
        await send();
        return void outgoing.socket?.destroy();
      case 'late-request':
        return void this.#held.push(send);
      case 'doubled-request':
        await send();
        break;
      case 'expired-certificate':
      case 'other-authority':
      case 'revoked-certificate':
      case undefined:
        break;
      default:
        return this.#spoil(fault, await send(), incoming, outgoing);
    }
    const answer = await send();
    this.#keep(incoming, answer);
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  }

  #spoil(fault: Spoilt, answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void {
    const other = fault === 'replayed' ? this.#last : this.#earlier.get(operationOf(incoming));
    this.#keep(incoming, answer);
    const socket = outgoing.socket;
    if (!socket) return;
    socket.end(spoil(fault, answer, other));
  }

  #keep(incoming: IncomingMessage, answer: Answer): void {
    this.#earlier.set(operationOf(incoming), answer);
    this.#last = answer;
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const { targetPort: port } = this.#options;
    return new Promise((resolve, reject) => {
      const onward = request({
        host: '127.0.0.1',
        port,
        method,
        path: url,
        headers: { ...headers, host: '127.0.0.1' },
        agent: this.#agent,
      });
      onward.on('error', reject);
      onward.on('response', (response) => {
        const { 'content-type': type = '', traceparent = '' } = response.headers;
        const kept = { 'content-type': type, ...(traceparent && { traceparent: String(traceparent) }) };
        buffer(response).then((bytes) => resolve({ status: response.statusCode ?? 0, headers: kept, body: bytes }), reject);
      });
      onward.end(body);
    });
  }
}

/** The same for every reception. */
function operationOf({ method, url = '' }: IncomingMessage): string {
  return `${method} ${url.replace(/receptions\/[^/]+/, 'receptions/…')}`;
}
