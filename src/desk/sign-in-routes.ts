import type { FastifyInstance, FastifyReply } from 'fastify';
import { bodyAs, type Desk, giveCookie, signedIn, takeCookie } from './desk.ts';
import { placeOf, refuse } from './desk-gate.ts';
import type { Person } from './people.ts';
import { parsePasswordSignIn, requests } from './protocol.ts';

/** Ten a minute from one address: enough for hands, too slow for guessing. */
const limited = { config: { rateLimit: { max: 10, timeWindow: 60_000 } } };

/** How people come to be signed in: passkey, facility password, or a code with which they join. */
export function addSignInRoutes(app: FastifyInstance, desk: Desk): void {
  const { people, passkeys, password, invitations, signIns, audit } = desk;

  function enter(reply: FastifyReply, person: Person, by: 'passkey' | 'password') {
    giveCookie(reply, signIns.open(person));
    audit({ name: 'desk.signed-in', person: person.id, role: person.role, by });
    return reply.code(204).send();
  }

  app.post('/sign-in/options', limited, (request) => passkeys.authentication(placeOf(request)));

  app.post('/sign-in/passkey', limited, async (request, reply) => {
    const body = bodyAs(requests.passkey, request);
    if (!body) return refuse(reply, 'malformed');
    const person = people.withPasskey(body.response.id);
    const counter = person?.passkey && (await passkeys.authenticated(placeOf(request), body.response, person.passkey));
    if (!person || counter === undefined) {
      audit({ name: 'desk.sign-in-refused', by: 'passkey', reason: person ? 'not-proved' : 'unknown' });
      return refuse(reply, 'passkey');
    }
    return people.used(person.id, counter).ok ? enter(reply, person, 'passkey') : refuse(reply, 'not-kept');
  });

  app.post('/sign-in/password', limited, async (request, reply) => {
    const typed = parsePasswordSignIn(request.body);
    if (!typed) return refuse(reply, 'malformed');
    if (!password.isSet) return refuse(reply, 'no-password');
    const verdict = await password.verify(typed.password, new AbortController().signal);
    if (!verdict.ok) return refuse(reply, 'not-kept');
    const { value } = verdict;
    if (value.at !== 'right') audit({ name: 'desk.sign-in-refused', by: 'password', reason: value.at });
    if (value.at === 'locked') return refuse(reply, 'locked', { forMs: value.forMs });
    if (value.at === 'wrong') return refuse(reply, 'wrong-password', { triesLeft: value.triesLeft });
    const person = people.named(typed.name);
    return person.ok ? enter(reply, person.value, 'password') : refuse(reply, 'not-kept');
  });

  app.post('/join/options', limited, async (request, reply) => {
    const body = bodyAs(requests.join, request);
    if (!body) return refuse(reply, 'malformed');
    if (invitations.look(body.code)) return passkeys.registration(placeOf(request), body.name);
    audit({ name: 'desk.sign-in-refused', by: 'code', reason: 'unknown' });
    return refuse(reply, 'code');
  });

  app.post('/join', limited, async (request, reply) => {
    const body = bodyAs(requests.joined, request);
    if (!body) return refuse(reply, 'malformed');
    const passkey = await passkeys.registered(placeOf(request), body.response);
    if (!passkey) return refuse(reply, 'passkey');
    const role = invitations.spend(body.code);
    if (!role) return refuse(reply, 'code');
    const person = people.add({ name: body.name, role, passkey });
    if (!person.ok) return refuse(reply, 'not-kept');
    audit({ name: 'desk.joined', person: person.value.id, role });
    return enter(reply, person.value, 'passkey');
  });

  app.post('/sign-out', async (request, reply) => {
    const signIn = signedIn(desk, request);
    if (signIn) {
      signIns.close(signIn.token);
      audit({ name: 'desk.signed-out', person: signIn.person.id });
    }
    takeCookie(reply);
    return reply.code(204).send();
  });
}
