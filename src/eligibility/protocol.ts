/**
 * The gateway's protocol as both sides use it: paths and schemas come from gateway.openapi.json alone.
 * The client checks every answer with it, the bench gateway every request.
 */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import document from './gateway.openapi.json' with { type: 'json' };

export type OperationId =
  | 'health'
  | 'openReception'
  | 'relay'
  | 'proveIdentity'
  | 'register'
  | 'recordConsent'
  | 'eligibility'
  | 'settle'
  | 'medicalInformation'
  | 'keepCheckpoint'
  | 'heldCheckpoint';

export type Operation = {
  readonly id: OperationId;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below the server's root, with `{receptionId}` where it belongs. */
  readonly path: string;
  /** Whether a request of it has a body, and so changes something and carries an Idempotency-Key. */
  readonly changes: boolean;
};

type Content = { content: { 'application/json': { schema: { $ref: string } } } };
type Described = { operationId: string; requestBody?: Content; responses: Record<string, Content | { $ref: string }> };

const ajv = new Ajv2020({ strict: true, allErrors: false });
addFormats.default(ajv);
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'gateway', components: { schemas: document.components.schemas } });

export const root = document.servers[0]?.url ?? '';

const described = new Map<OperationId, Described>();
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== 'parameters')
    .map(([method, value]) => {
      const operation = value as unknown as Described;
      const id = operation.operationId as OperationId;
      described.set(id, operation);
      return { id, method: method.toUpperCase() as Operation['method'], path, changes: operation.requestBody !== undefined };
    }),
);

export function operation(id: OperationId): Operation {
  const found = operations.find((one) => one.id === id);
  if (!found) throw new Error(`the document has no operation ${id}`);
  return found;
}

/** Why `body` is not a request of this operation, or undefined when it is one. */
export function requestFault(id: OperationId, body: unknown): string | undefined {
  const schema = described.get(id)?.requestBody?.content['application/json'].schema.$ref;
  return schema ? schemaFault(schema, body) : undefined;
}

/** Why `body` is not an answer of this operation with this HTTP status, or undefined when it is one. */
export function answerFault(id: OperationId, status: number, body: unknown): string | undefined {
  const answer = described.get(id)?.responses[String(status)];
  if (answer && 'content' in answer) return schemaFault(answer.content['application/json'].schema.$ref, body);
  if (status < 400) return `status ${status} is not in the protocol`;
  return schemaFault('#/components/schemas/Refusal', body);
}

/** Why `value` is not of the named schema, or undefined when it is. Never repeats the value. */
export function valueFault(schema: keyof typeof document.components.schemas, value: unknown): string | undefined {
  return schemaFault(`#/components/schemas/${schema}`, value);
}

function schemaFault(pointer: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(`gateway${pointer}`) as ValidateFunction | undefined;
  if (!validate) throw new Error(`the document has no schema ${pointer}`);
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return `${pointer.split('/').at(-1)}: ${error?.schemaPath ?? 'wrong'}`;
}
