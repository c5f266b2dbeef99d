/**
 * Whether a certificate is revoked: the OCSP responder is asked first, and where it gives no verdict the authority's
 * revocation list. While the gateway listens, both are fetched from a server of their own over HTTP, as they would be.
 */

import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Clock, deadline } from '../../clock.ts';
import type { GatewayControls } from './controls.ts';
import { ocspRequest, ocspVerdict } from './ocsp-query.ts';
import { type Revocation, revocationOf } from './revocation-list.ts';

/** What an authority publishes of its certificates. */
export type RevocationSource = {
  crl(): Uint8Array;
  ocsp(request: Uint8Array, now: Date): Uint8Array;
};

export type RevocationService = {
  /** @param serialNumber hexadecimal, lower case. `unknown` when neither source gives a verdict. */
  check(serialNumber: string, now: Date): Promise<Revocation>;
  /** Serves both over HTTP on 127.0.0.1 and asks them there from now on. */
  listen(): Promise<void>;
  close(): Promise<void>;
};

type Options = {
  readonly issuerDer: Uint8Array;
  readonly source: RevocationSource;
  readonly controls: Pick<GatewayControls, 'ocspDown' | 'crlDown'>;
  readonly random: (length: number) => Uint8Array;
  readonly clock: Clock;
};

type Ask = { ocsp(request: Uint8Array): Promise<Uint8Array>; crl(): Promise<Uint8Array> };

const ANSWER_MS = 2_000;

export function createRevocationService({ issuerDer, source, controls, random, clock }: Options): RevocationService {
  const issuer = new X509Certificate(issuerDer);
  let server: Server | undefined;
  let ask: Ask = {
    ocsp: async (request) => source.ocsp(request, clock.wall()),
    crl: async () => source.crl(),
  };

  async function fetched(url: string, init: RequestInit): Promise<Uint8Array> {
    const bound = deadline(clock, ANSWER_MS);
    try {
      const answer = await fetch(url, { ...init, signal: bound.signal });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    } finally {
      bound.done();
    }
  }

  async function byOcsp(serialNumber: string, now: Date): Promise<Revocation> {
    if (controls.ocspDown) return 'unknown';
    const nonce = random(16);
    const response = await ask.ocsp(ocspRequest(issuer, serialNumber, nonce)).catch(() => undefined);
    return response ? ocspVerdict(response, { issuer, serialNumber, nonce, now }) : 'unknown';
  }

  async function byList(serialNumber: string, now: Date): Promise<Revocation> {
    if (controls.crlDown) return 'unknown';
    const list = await ask.crl().catch(() => undefined);
    return list ? revocationOf(list, serialNumber, issuer, now) : 'unknown';
  }

  return {
    async check(serialNumber, now) {
      const online = await byOcsp(serialNumber, now);
      return online === 'unknown' ? byList(serialNumber, now) : online;
    },

    async listen() {
      server = createServer((request, response) => {
        if (request.method === 'GET') return void response.end(source.crl());
        void buffer(request).then((body) => response.end(source.ocsp(body, clock.wall())));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      ask = {
        ocsp: (request) => fetched(`${at}/ocsp`, { method: 'POST', body: Uint8Array.from(request) }),
        crl: () => fetched(`${at}/crl`, {}),
      };
    },

    async close() {
      server?.closeAllConnections();
      server?.close();
    },
  };
}
