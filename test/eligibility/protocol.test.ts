/** The document: valid, the source of the types, and kept by every message of a reception. */
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import document from '../../src/eligibility/gateway.openapi.json' with { type: 'json' };
import { typesText } from '../../src/eligibility/generate-types.ts';
import type { HttpRequest } from '../../src/eligibility/http-request.ts';
import {
  answerFault,
  type OperationId,
  operation,
  operations,
  requestFault,
  root,
  valueFault,
} from '../../src/eligibility/protocol.ts';
import {
  agreedTo,
  clientWithoutLine,
  type GatewayBench,
  never,
  openGatewayBench,
  proofByPin,
  proveByFace,
} from '../bench/gateway/gateway-bench.ts';

test.each(['gateway', 'enrolment'] as const)(
  'the committed types of the %s are the ones that its document gives',
  async (name) => {
    const committed = await readFile(new URL(`../../src/eligibility/${name}-types.ts`, import.meta.url), 'utf8');
    expect(committed).toBe(await typesText(name));
  },
);

describe('the document', () => {
  test('is OpenAPI 3.1 with the parts that it must have', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d+$/);
    expect(document.info.title && document.info.version).toBeTruthy();
    for (const { path } of operations) expect(path.startsWith('/')).toBe(true);
    const ids = operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('has only schemas of JSON Schema 2020-12', () => {
    const ajv = new Ajv2020();
    for (const [name, schema] of Object.entries(document.components.schemas))
      expect([name, ajv.validateSchema(schema)]).toEqual([name, true]);
  });

  test('refers only to what it has', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)].map(([, pointer]) => pointer ?? '');
    expect(references.length).toBeGreaterThan(30);
    for (const pointer of references) {
      const target = pointer
        .split('/')
        .slice(1)
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], document);
      expect([pointer, typeof target]).toEqual([pointer, 'object']);
    }
  });

  test('names each parameter of a path', () => {
    for (const [path, item] of Object.entries(document.paths))
      expect(path.includes('{receptionId}')).toBe(
        'parameters' in item && JSON.stringify(item.parameters).includes('ReceptionId'),
      );
  });

  test('asks an Idempotency-Key of everything that changes something', () => {
    for (const item of Object.values(document.paths))
      for (const [method, described] of Object.entries(item))
        if (method === 'post' || method === 'put')
          expect(JSON.stringify(described)).toContain('#/components/parameters/IdempotencyKey');
  });
});

describe('everything that is asked', () => {
  const parts = Object.values(document.paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, described]) => (method === 'parameters' ? [] : [JSON.stringify(described)])),
  );
  test('carries a trace, and its answer and its refusal repeat it', () => {
    for (const part of parts) {
      expect(part).toContain('#/components/parameters/Traceparent');
      expect(part).toContain('#/components/headers/Traceparent');
      expect(part).toContain('#/components/responses/Refusal');
    }
    expect(JSON.stringify(document.components.responses.Refusal)).toContain('#/components/headers/Traceparent');
  });
  test('of a reception is answered with its id', () => {
    const schemas = document.components.schemas as Record<
      string,
      { required?: readonly string[]; oneOf?: readonly { $ref: string }[] }
    >;
    const answers = [...parts.join().matchAll(/"(?:200|201|202)":.*?schemas\/(\w+)/g)].map(([, name]) => name ?? '');
    const own = answers.filter((name) => !['Health', 'Information', 'HeldCheckpoint'].includes(name));
    expect(own).toHaveLength(8);
    const of = (name: string): string[] => schemas[name]?.oneOf?.map(({ $ref }) => $ref.split('/').at(-1) ?? '') ?? [name];
    for (const name of own.flatMap(of))
      expect([name, schemas[name]?.required]).toEqual([name, expect.arrayContaining(['receptionId'])]);
  });
});

describe('a value of the protocol', () => {
  test.each(['line\nbreak', '\u0000', '\ud800', '\ufffe'])('is no text with %j in it', (text) => {
    expect(valueFault('Text', text)).toBeDefined();
  });
  test.each(['髙﨑　澪', '𠮷野', '  0012 ', '<&>"\'', ''])('may be the text %j', (text) => {
    expect(valueFault('Text', text)).toBeUndefined();
  });
  test('is no group with an element name that XML would not take', () => {
    expect(valueFault('OqsGroup', { Name: 'x', Nested: { A: [{ B: '1' }] } })).toBeUndefined();
    for (const name of ['__proto__', '1A', 'A B', '#text', 'a'])
      expect(valueFault('OqsGroup', JSON.parse(`{ ${JSON.stringify(name)}: "x" }`))).toBeDefined();
  });
  test('is not repeated in what is said against it', () => {
    expect(requestFault('openReception', { receptionId: '髙﨑' })).not.toContain('髙');
  });
});

describe('every message of a reception', () => {
  let bench: GatewayBench;
  const seen: { id: OperationId; wrong: (string | undefined)[] }[] = [];

  beforeAll(async () => {
    bench = await openGatewayBench(systemClock);
  });
  afterAll(() => bench.gateway.close());

  /** Notes what the document has against each request and its answer. */
  function watched(request: HttpRequest): HttpRequest {
    return async (exchange) => {
      const answer = await request(exchange);
      const id = operationOf(exchange.method, exchange.path);
      const body = JSON.parse(Buffer.from(answer.body).toString('utf8'));
      const wrong = [answerFault(id, answer.status, body)];
      if (operation(id).changes) {
        wrong.push(requestFault(id, JSON.parse(exchange.body ?? 'null')));
        wrong.push(valueFault('IdempotencyKey', exchange.headers['idempotency-key']));
      }
      seen.push({ id, wrong: wrong.filter((one) => one !== undefined) });
      return answer;
    };
  }

  function operationOf(method: string, path: string): OperationId {
    const found = operations.find(
      (one) => one.method === method && new RegExp(`^${root}${one.path.replace('{receptionId}', '[^/]+')}$`).test(path),
    );
    if (!found) throw new Error(`${method} ${path} is not in the document`);
    return found.id;
  }

  test.each(['face', 'pin'] as const)('by %s keeps to the document', async (method) => {
    seen.length = 0;
    const client = clientWithoutLine({
      clock: systemClock,
      request: watched(bench.gateway.requestAs('reader-1')),
    });
    const card = await bench.issue('rare-name');
    const opened = await client.open(`conforms-${method}`, never);
    if (!opened.ok) throw new Error(opened.fault.code);
    const session = opened.value;
    if (method === 'face') await proveByFace(session, card);
    else await session.prove(await proofByPin(card, session.challenge), 'pin', never);
    expect((await session.eligibility(agreedTo('medicines', 'surgery'), never)).ok).toBe(true);
    expect(seen.map(({ id }) => id)).toEqual([
      'openReception',
      ...(method === 'face' ? ['relay', 'relay', 'relay'] : ['proveIdentity']),
      'recordConsent',
      'eligibility',
    ]);
    expect(seen.flatMap(({ wrong }) => wrong)).toEqual([]);
  });
});
