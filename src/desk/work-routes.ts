import type { FastifyInstance } from 'fastify';
import { deadline } from '../clock.ts';
import { bodyAs, type Desk, forRole } from './desk.ts';
import { refuse } from './desk-gate.ts';
import { type GlyphsView, requests } from './protocol.ts';
import { viewFor } from './view.ts';

/** A year's audit log is copied in about a second; a disk that takes longer than this does not answer. */
const EXPORT_BOUND_MS = 30_000;

/** The desk's daily work: look, approve, compare glyphs; and an administrator's settings and export. */
export function addWorkRoutes(app: FastifyInstance, desk: Desk): void {
  const { source, audit, clock } = desk;

  app.get(
    '/view',
    forRole(desk, 'reception', ({ person }) => viewFor(desk, person)),
  );

  app.post(
    '/approve',
    forRole(desk, 'reception', ({ person }, request, reply) => {
      const body = bodyAs(requests.approve, request);
      if (!body) return refuse(reply, 'malformed');
      const { ok: approved } = source.approve(body.receptionId, person.id);
      audit({ name: 'desk.approved', person: person.id, receptionId: body.receptionId, approved });
      return approved ? reply.code(204).send() : refuse(reply, 'over');
    }),
  );

  app.post(
    '/glyphs',
    forRole(desk, 'reception', ({ person }, request, reply) => {
      const body = bodyAs(requests.glyphs, request);
      if (!body) return refuse(reply, 'malformed');
      const glyphs = source.glyphs(body.receptionId);
      if (!glyphs) return refuse(reply, 'gone');
      audit({ name: 'desk.glyphs-seen', person: person.id, receptionId: body.receptionId });
      const { namePng, replaced } = glyphs;
      return {
        replaced,
        ...(namePng && { namePngBase64: Buffer.from(namePng).toString('base64') }),
      } satisfies GlyphsView;
    }),
  );

  app.post(
    '/settings',
    forRole(desk, 'administrator', ({ person }, request, reply) => {
      const settings = bodyAs(requests.settings, request);
      if (!settings) return refuse(reply, 'malformed');
      if (!source.change(settings, person.id).ok) return refuse(reply, 'not-kept');
      audit({ name: 'desk.settings-changed', person: person.id, settings });
      return reply.code(204).send();
    }),
  );

  app.post(
    '/audit-export',
    forRole(desk, 'administrator', async ({ person, over }, _request, reply) => {
      const bound = deadline(clock, EXPORT_BOUND_MS, over);
      const copy = await source.exportAudit(bound.signal).finally(bound.done);
      if (!copy.ok) return refuse(reply, 'not-kept');
      audit({ name: 'desk.audit-exported', person: person.id });
      const { fileName, bytes } = copy.value;
      reply.header('content-disposition', `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`);
      return reply.type('application/octet-stream').send(Buffer.from(bytes));
    }),
  );
}
