/** Readers are enrolled: the bench's service over real TLS, asked by the reader's own client. */
import { spawnSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveGateway } from '../../../src/bench/gateway/serve-gateway.ts';
import { writePkiFolder } from '../../../src/bench/pki/pki-folder.ts';
import { systemClock } from '../../../src/clock.ts';
import { certificateRequest } from '../../../src/eligibility/certificate-request.ts';
import { certificateFault, enrol, renew } from '../../../src/eligibility/enrolment-client.ts';
import { createGatewayClient } from '../../../src/eligibility/gateway-client.ts';
import { httpsRequest } from '../../../src/eligibility/http-request.ts';
import { type GatewayBench, never, openGatewayBench } from './gateway-bench.ts';

let bench: GatewayBench;
let url: string;
let ca: string;

beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
  ({ origin: url } = await bench.gateway.listenForEnrolments());
  ({ ca } = bench.pki.tls);
});
afterAll(() => bench.gateway.close());

const newKey = (namedCurve = 'P-256') => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};
const options = (readerId = 'KZ000001') => ({ url, readerId, clock: systemClock });
const admit = (readerId = 'KZ000001') => bench.gateway.enrolments.admit(readerId);
const enrolled = async (key: string, readerId = 'KZ000001') => {
  const given = await enrol(options(readerId), { ca }, { key, token: admit(readerId) }, never);
  if (!given.ok) throw new Error(given.fault.detail);
  return given.value;
};

test('a public validator takes the document for OpenAPI 3.1', async () => {
  const path = new URL('../../../src/eligibility/enrolment.openapi.json', import.meta.url);
  expect(await new Validator().validate(JSON.parse(readFileSync(path, 'utf8')))).toEqual({ valid: true });
});

test('OpenSSL reads the request, and finds it signed with its own key', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const request = certificateRequest('KZ000001', privateKey);
  const judge = (input: Uint8Array) => {
    const { stdout, stderr } = spawnSync('openssl', ['req', '-inform', 'DER', '-noout', '-verify', '-subject'], { input });
    return String(stdout) + String(stderr);
  };
  expect(judge(request)).toContain('verify OK');
  expect(judge(request)).toContain('CN = KZ000001');
  expect(judge(spoilt(request))).toContain('verify failure');
});

/** Its last byte is the signature's. */
const spoilt = (request: Uint8Array) => Uint8Array.from(request).fill(0xff, -1);

describe('a token', () => {
  test('gives a certificate by which the gateway knows the reader', async () => {
    const key = newKey();
    const cert = await enrolled(key);
    expect(new X509Certificate(cert).subject).toContain('CN=KZ000001');
    const { origin } = await bench.gateway.listen();
    const client = createGatewayClient({ origin, tls: { ca, cert, key }, clock: systemClock });
    expect(await client.open('a-reception', never)).toMatchObject({ ok: true });
    expect(bench.gateway.requests.at(-1)).toMatchObject({ device: 'KZ000001', status: 201 });
    await client.close();
  });

  test('counts once: asked again with its key it gives the same certificate, with another it is refused', async () => {
    const [key, token] = [newKey(), admit()];
    const first = await enrol(options(), { ca }, { key, token }, never);
    expect(first.ok).toBe(true);
    expect(await enrol(options(), { ca }, { key, token }, never)).toEqual(first);
    expect(await enrol(options(), { ca }, { key: newKey(), token }, never)).toMatchObject({
      fault: { code: 'GATE-504', detail: expect.stringContaining('used already') },
    });
  });

  test('asked for with two keys at the same moment, one alone is given a certificate', async () => {
    const token = admit();
    const both = await Promise.all([newKey(), newKey()].map((key) => enrol(options(), { ca }, { key, token }, never)));
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test('of another reader, and one that nobody made, are refused in words for a technician', async () => {
    const key = newKey();
    expect(await enrol(options('KZ000002'), { ca }, { key, token: admit('KZ000001') }, never)).toMatchObject({
      fault: { code: 'GATE-504', detail: expect.stringContaining('made for another reader') },
    });
    expect(await enrol(options(), { ca }, { key, token: 'A'.repeat(22) }, never)).toMatchObject({
      fault: { code: 'GATE-504', detail: expect.stringContaining('not known') },
    });
  });

  test.each([
    ['a key of another curve', () => ({ request: requestOf(newKey('P-384')) })],
    ['a request that was changed', () => ({ request: Buffer.from(spoilt(der(newKey()))).toString('base64') })],
    ['another name in the request', () => ({ request: requestOf(newKey(), 'KZ000009') })],
    ['no request', () => ({ request: 'AAAA' })],
    ['a field too many', () => ({ request: requestOf(newKey()), more: 1 })],
  ])('with %s is refused as such, and stays good', async (_what, wrong) => {
    const token = admit();
    const { request, close } = httpsRequest(url, { ca });
    const body = JSON.stringify({ readerId: 'KZ000001', token, ...wrong() });
    const headers = { 'content-type': 'application/json' };
    const answer = await request({ method: 'POST', path: '/v1/enrolments', headers, body, maxAnswerBytes: 4_096, signal: never });
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([400, '{"code":"request-invalid"}']);
    await close();
    expect(await enrol(options(), { ca }, { key: newKey(), token }, never)).toMatchObject({ ok: true });
  });
});

const der = (key: string, readerId = 'KZ000001') => certificateRequest(readerId, createPrivateKey(key));
const requestOf = (key: string, readerId?: string) => Buffer.from(der(key, readerId)).toString('base64');

test('the gateway in a process of its own enrols whom its configuration names', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-enrolling-'));
  const token = 'A'.repeat(22);
  await writePkiFolder(join(folder, 'pki'), { now: new Date(), readers: [], personas: [] });
  const enrolment = { port: 0, tokens: [{ readerId: 'KZ000001', token }] };
  writeFileSync(join(folder, 'gateway.json'), JSON.stringify({ pki: 'pki', port: 0, enrolment }));
  const served = await serveGateway(join(folder, 'gateway.json'), systemClock);
  if (!served.ok || served.value.enrolUrl === undefined) throw new Error(JSON.stringify(served));
  const trust = { ca: readFileSync(join(folder, 'pki/tls-ca.pem'), 'utf8') };
  const at = { ...options(), url: served.value.enrolUrl };
  expect(await enrol(at, trust, { key: newKey(), token }, never)).toMatchObject({ ok: true });
  expect(await enrol(at, trust, { key: newKey(), token }, never)).toMatchObject({ fault: { code: 'GATE-504' } });
  await served.value.close();
  rmSync(folder, { recursive: true });
});

describe('a renewal', () => {
  test('is given for the same key to whoever still has a certificate', async () => {
    const key = newKey();
    const cert = await enrolled(key);
    const renewed = await renew(options(), { ca, key, cert }, never);
    expect(renewed).toMatchObject({ ok: true });
    if (!renewed.ok) return;
    expect(renewed.value).not.toBe(cert);
    expect(certificateFault(renewed.value, { readerId: 'KZ000001', key, ca })).toBeUndefined();
  });

  test.each([
    ['that has ended', () => bench.pki.tls.issueDevice('KZ000001', { notBefore: new Date(0), notAfter: new Date(86_400_000) })],
    ['of another authority', async () => (await openGatewayBench(systemClock)).pki.tls.issueDevice('KZ000001')],
  ])('is refused with a certificate %s', async (_what, issue) => {
    expect(await renew(options(), { ca, ...(await issue()) }, never)).toMatchObject({ ok: false, fault: { code: 'GATE-504' } });
  });

  test('is for the reader of the certificate alone', async () => {
    const identity = { ca, ...(await bench.pki.tls.issueDevice('KZ000001')) };
    expect(await renew(options('KZ000002'), identity, never)).toMatchObject({ fault: { code: 'GATE-504' } });
  });
});

describe('a certificate that is given', () => {
  test('is believed only for this key, this name and these authorities', async () => {
    const key = newKey();
    const cert = await enrolled(key);
    const mine = { readerId: 'KZ000001', key, ca };
    const other = await openGatewayBench(systemClock);
    expect(certificateFault(cert, mine)).toBeUndefined();
    expect(certificateFault(cert, { ...mine, ca: other.pki.tls.ca + ca })).toBeUndefined();
    expect(certificateFault(cert, { ...mine, key: newKey() })).toBe('is for another key');
    expect(certificateFault(cert, { ...mine, readerId: 'KZ00000' })).toContain('does not name the reader');
    expect(certificateFault(cert, { ...mine, ca: other.pki.tls.ca })).toContain('an authority that the site file does not name');
    expect(certificateFault('nothing', mine)).toBe('is none');
  });

  test('comes from a service whose own certificate is of that authority, or from nobody', async () => {
    const other = await openGatewayBench(systemClock);
    const asked = await enrol(options(), { ca: other.pki.tls.ca }, { key: newKey(), token: admit() }, never);
    expect(asked).toMatchObject({ ok: false, fault: { code: 'GATE-501' } });
  });
});
