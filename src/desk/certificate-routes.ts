import { X509Certificate } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { AuthorityView } from './protocol.ts';

/** Public as it is; passkeys work where the PC trusts it (Chromium refuses them beside a certificate error). */
export function addCertificateRoutes(app: FastifyInstance, authority: () => string): void {
  app.get('/certificate.crt', (_request, reply) => reply.type('application/x-x509-ca-cert').send(authority()));
  app.get('/certificate', (): AuthorityView => {
    const { fingerprint256: fingerprint, validToDate } = new X509Certificate(authority());
    return { fingerprint, endsAt: validToDate.toISOString() };
  });
}
