import type { FastifyInstance } from 'fastify';
import { type Desk, forRole } from './desk.ts';

/** The technician's evidence sheet, saved and printed where there is a printer. It holds no personal data. */
export function addEvidenceRoute(app: FastifyInstance, desk: Desk, evidence: () => string): void {
  app.get(
    '/evidence.html',
    forRole(desk, 'administrator', ({ person }, _request, reply) => {
      desk.audit({ name: 'desk.evidence-saved', person: person.id });
      const day = desk.clock.wall().toISOString().slice(0, 10);
      // As a file of its own: opened from the desk, its style would be turned down.
      reply.header('content-disposition', `attachment; filename="evidence-${desk.readerId}-${day}.html"`);
      return reply.type('text/html; charset=utf-8').send(evidence());
    }),
  );
}
