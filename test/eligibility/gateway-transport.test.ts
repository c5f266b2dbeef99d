/** What connections and their certificates can do wrong, over real sockets. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { connect, createServer as createTlsServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createBenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { systemClock } from '../../src/clock.ts';
import { createGatewayClient, type GatewayOptions } from '../../src/eligibility/gateway-client.ts';
import type { TlsIdentity } from '../../src/eligibility/http-request.ts';
import { agreedTo, type GatewayBench, never, openGatewayBench, proveByFace } from '../bench/gateway/gateway-bench.ts';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);

let bench: GatewayBench;
let origin: string;
let device: TlsIdentity;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  ({ origin } = await bench.gateway.listen());
  device = { ca: bench.pki.tls.ca, ...(await bench.pki.tls.issueDevice('reader-1')) };
});
afterAll(() => bench.gateway.close());
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** The fault's code and detail that opening a reception ends with there. */
async function opening(at: string, options: Partial<GatewayOptions> = {}): Promise<string> {
  const client = createGatewayClient({ origin: at, tls: device, clock: systemClock, ...options });
  const opened = await client.open('reception-1', never);
  await client.close();
  return opened.ok ? 'opened' : `${opened.fault.code} ${opened.fault.detail}`;
}

/** A TLS server that lets `serve` do what it likes once a request has begun to come. */
async function misbehaving(serve: (socket: TLSSocket) => void, tls: TlsOptions = {}): Promise<string> {
  const server = createTlsServer({ ...bench.pki.tls.server, ...tls }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => serve(socket));
  });
  return listening(server);
}

async function listening(server: Server | ReturnType<typeof createServer>): Promise<string> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket: TLSSocket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the reader believes no gateway', () => {
  test('whose certificate has expired', async () => {
    const expired = await bench.pki.tls.issueServer({ notBefore: daysFromNow(-20), notAfter: daysFromNow(-1) });
    expect(await opening(await misbehaving(() => {}, expired))).toBe('GATE-501 CERT_HAS_EXPIRED');
  });

  test('whose certificate is of another authority', async () => {
    const other = await createBenchPki({ now: new Date() });
    expect(await opening(await misbehaving(() => {}, other.tls.server))).toMatch(/^GATE-501 (SELF_SIGNED|UNABLE_TO)/);
  });

  test('that goes by another name than its certificate', async () => {
    const client = await bench.pki.tls.issueDevice('127.0.0.1');
    expect(await opening(await misbehaving(() => {}, client))).toMatch(
      /^GATE-501 (ERR_TLS_CERT_ALTNAME_INVALID|INVALID_PURPOSE)/,
    );
  });

  test('whose certificate is revoked, or whose authority’s list is not of the day', async () => {
    const [revoked, other] = [await bench.pki.tls.issueServer(), await createBenchPki({ now: daysFromNow(-60) })];
    await bench.pki.tls.revoke(revoked.cert);
    const withList = { tls: { ...device, crl: bench.pki.tls.crl() } };
    expect(await opening(await misbehaving(() => {}, revoked), withList)).toBe('GATE-501 CERT_REVOKED');
    expect(await opening(origin, withList)).toBe('opened');
    const old = { tls: { ca: other.tls.ca, ...(await other.tls.issueDevice('reader-1')), crl: other.tls.crl() } };
    expect(await opening(await misbehaving(() => {}, other.tls.server), old)).toBe('GATE-501 CRL_HAS_EXPIRED');
  });

  test('that knows no TLS 1.3', async () => {
    const old = await misbehaving(() => {}, { maxVersion: 'TLSv1.2' });
    expect(await opening(old)).toMatch(/^GATE-501 ERR_SSL_/);
  });
});

test('a reception has one connection, and it is made as the reception opens', async () => {
  let connections = 0;
  const count = () => connections++;
  bench.gateway.app.server.on('secureConnection', count);
  const client = createGatewayClient({ origin, tls: device, clock: systemClock });
  expect(connections).toBe(0);
  const session = await client.open('one-connection', never);
  expect([session.ok, connections]).toEqual([true, 1]);
  if (!session.ok) throw new Error(session.fault.code);
  expect((await proveByFace(session.value, await bench.issue('adult'))).ok).toBe(true);
  expect((await session.value.eligibility(agreedTo(), never)).ok).toBe(true);
  expect(connections).toBe(1);
  bench.gateway.app.server.off('secureConnection', count);
  await client.close();
});

describe('the bench gateway admits no reader', () => {
  test('without a certificate', async () => {
    expect(await opening(origin, { tls: { ca: bench.pki.tls.ca, cert: '', key: '' } })).toBe(
      'GATE-504 ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    );
  });

  test('with a certificate of another authority', async () => {
    const other = await createBenchPki({ now: new Date() });
    const stranger = { ...(await other.tls.issueDevice('reader-1')), ca: bench.pki.tls.ca };
    const before = bench.gateway.requests.length;
    expect(await opening(origin, { tls: stranger })).toMatch(/^GATE-50[14] /);
    expect(bench.gateway.requests).toHaveLength(before);
  });

  test('with a revoked certificate', async () => {
    const pki = await createBenchPki({ now: new Date() });
    const stolen = await pki.tls.issueDevice('reader-1');
    await pki.tls.revoke(stolen.cert);
    const stand = createBenchGateway({ pki, people: [], clock: systemClock, random: randomBytes, now: () => new Date() });
    closers.push(() => stand.close());
    const { origin: at } = await stand.listen();
    expect(await opening(at, { tls: { ca: pki.tls.ca, ...(await pki.tls.issueDevice('reader-1')) } })).toBe('opened');
    expect(await opening(at, { tls: { ca: pki.tls.ca, ...stolen } })).toMatch(/^GATE-50[14] /);
    expect(stand.receptions()).toHaveLength(1);
  });

  test('with an expired certificate', async () => {
    const expired = await bench.pki.tls.issueDevice('reader-1', { notBefore: daysFromNow(-20), notAfter: daysFromNow(-1) });
    const before = bench.gateway.requests.length;
    expect(await opening(origin, { tls: { ...expired, ca: bench.pki.tls.ca } })).toMatch(/^GATE-50[14] /);
    expect(bench.gateway.requests).toHaveLength(before);
  });

  test('that speaks TLS 1.2', async () => {
    const { port } = new URL(origin);
    const socket = connect({ host: '127.0.0.1', port: Number(port), ...device, maxVersion: 'TLSv1.2' });
    const [error] = await once(socket, 'error');
    expect(error.code).toMatch(/ALERT_PROTOCOL_VERSION$/);
  });
});

describe('an exchange ends', () => {
  test('when nobody listens', async () => {
    const server = createServer();
    const at = await listening(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await opening(at)).toBe('GATE-501 ECONNREFUSED');
  });

  test('when the name is not known', async () => {
    expect(await opening('https://gateway.invalid:8443')).toMatch(/^GATE-501 (ENOTFOUND|EAI_AGAIN)/);
  });

  test('when something answers that is not TLS', async () => {
    const plain = createServer((socket) => void socket.on('error', () => {}).end('HTTP/1.1 200 OK\r\n\r\n'));
    expect(await opening(await listening(plain))).toMatch(/^GATE-501 /);
  });

  test('when the connection breaks before an answer, after two more tries', async () => {
    let tries = 0;
    const at = await misbehaving((socket) => {
      tries++;
      socket.destroy();
    });
    expect(await opening(at)).toMatch(/^GATE-501 (UND_ERR_SOCKET|ECONNRESET)$/);
    expect(tries).toBe(3);
  });

  test('when the answer breaks off', async () => {
    const head = 'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"receptionId"';
    expect(await opening(await misbehaving((socket) => socket.end(head)))).toMatch(/^GATE-501 /);
  });

  test('when the answer is not HTTP', async () => {
    expect(await opening(await misbehaving((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n')))).toMatch(
      /^GATE-503 (HPE_|HTTPParserError)/,
    );
  });

  test('when the answer never stops', async () => {
    const at = await misbehaving((socket) => {
      socket.write('HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n\r\n');
      const flood = () => {
        while (socket.writable && socket.write('x'.repeat(65_536)));
      };
      socket.on('drain', flood);
      flood();
    });
    expect(await opening(at)).toBe('GATE-503 more than 1048576 bytes');
  });

  test('at its bound, when something takes the connection and says nothing', async () => {
    const mute = createServer((socket) => void socket.on('error', () => {}));
    const at = await listening(mute);
    expect(await opening(at, { limits: { openMs: 300 } })).toBe('GATE-502 no answer within 300 ms');
  });

  test('at its bound, however slowly bytes drip in', async () => {
    const at = await misbehaving((socket) => {
      socket.write('HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{');
    });
    expect(await opening(at, { limits: { openMs: 300 } })).toBe('GATE-502 no answer within 300 ms');
  });
});
