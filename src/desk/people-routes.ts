import type { FastifyInstance } from 'fastify';
import { bodyAs, type Desk, forRole } from './desk.ts';
import { refuse } from './desk-gate.ts';
import { type PeopleView, requests } from './protocol.ts';

/** What an administrator does about people: see them, invite and remove them, and set the facility password. */
export function addPeopleRoutes(app: FastifyInstance, desk: Desk): void {
  const { people, invitations, password, signIns, audit } = desk;

  app.get(
    '/people',
    forRole(
      desk,
      'administrator',
      (): PeopleView => ({
        people: people.all().map(({ id, name, role, passkey }) => ({ id, name, role, passkey: passkey !== undefined })),
        passwordSet: password.isSet,
      }),
    ),
  );

  app.post(
    '/people/invite',
    forRole(desk, 'administrator', ({ person }, request, reply) => {
      const body = bodyAs(requests.invite, request);
      if (!body) return refuse(reply, 'malformed');
      audit({ name: 'desk.invited', person: person.id, role: body.role });
      return { code: invitations.make(body.role) };
    }),
  );

  app.post(
    '/people/remove',
    forRole(desk, 'administrator', ({ person }, request, reply) => {
      const body = bodyAs(requests.remove, request);
      if (!body) return refuse(reply, 'malformed');
      // Whoever could undo it must be left.
      const othersLead = people.all().some(({ id, role }) => role === 'administrator' && id !== body.id);
      if (!othersLead) return refuse(reply, 'last-administrator');
      if (!people.remove(body.id).ok) return refuse(reply, 'not-kept');
      signIns.closeAllOf(body.id);
      audit({ name: 'desk.removed', person: person.id, removed: body.id });
      return reply.code(204).send();
    }),
  );

  app.post(
    '/facility-password',
    forRole(desk, 'administrator', async ({ person }, request, reply) => {
      if (!(request.body instanceof Buffer)) return refuse(reply, 'malformed');
      const set = await password.set(request.body);
      if (!set.ok) return refuse(reply, set.fault.code === 'REC-701' ? 'not-kept' : 'malformed');
      audit({ name: 'desk.password-set', person: person.id });
      return reply.code(204).send();
    }),
  );
}
