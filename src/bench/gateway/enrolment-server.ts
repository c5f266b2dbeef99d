/** HTTPS around the enrolments, on a port of its own: who is to be enrolled has no certificate yet. */
import type { TLSSocket } from 'node:tls';
import { Ajv2020 } from 'ajv/dist/2020.js';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import document from '../../eligibility/enrolment.openapi.json' with { type: 'json' };
import type { Enrolment, EnrolmentRefusal, Renewal } from '../../eligibility/enrolment-types.ts';
import type { Enrolments } from './enrolments.ts';
import type { Answer } from './once.ts';

export type EnrolmentServerOptions = {
  readonly enrolments: Enrolments;
  /** PEM */
  readonly tls: { readonly ca: string; readonly crl: string; readonly cert: string; readonly key: string };
};

const BODY_LIMIT = 16_384;

const ajv = new Ajv2020({ strict: true });
ajv.addVocabulary(['components']);
ajv.addSchema({ $id: 'enrolment', components: { schemas: document.components.schemas } });

export function createEnrolmentServer({ enrolments, tls }: EnrolmentServerOptions): FastifyInstance {
  const app = Fastify({
    // A certificate is asked for and judged, but a reader without one is let in as far as here.
    https: { ...tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false },
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const invalid = (error.statusCode ?? 500) < 500;
    const body: EnrolmentRefusal = { code: invalid ? 'request-invalid' : 'unavailable' };
    return reply.code(invalid ? 400 : 500).send(body);
  });
  const root = document.servers[0]?.url ?? '';
  app.post(`${root}/enrolments`, (request, reply) =>
    give(reply, 'Enrolment', request, (body) => enrolments.enrol(body as Enrolment)),
  );
  app.post(`${root}/renewals`, (request, reply) =>
    give(reply, 'Renewal', request, (body) => enrolments.renew(deviceOf(request), body as Renewal)),
  );
  return app;
}

type Reply = { code(status: number): { send(body: object): unknown } };

async function give(
  reply: Reply,
  schema: 'Enrolment' | 'Renewal',
  { body }: FastifyRequest,
  serve: (body: unknown) => Promise<Answer>,
): Promise<unknown> {
  const valid = ajv.getSchema(`enrolment#/components/schemas/${schema}`)?.(body) === true;
  const refusal: EnrolmentRefusal = { code: 'request-invalid' };
  const answer = valid ? await serve(body) : { status: 400, body: refusal };
  return reply.code(answer.status).send(answer.body);
}

/** The common name of a certificate of ours that has not been revoked; empty for any other. */
function deviceOf(request: FastifyRequest): string {
  const socket = request.raw.socket as TLSSocket;
  return socket.authorized ? String(socket.getPeerCertificate().subject?.CN ?? '') : '';
}
