import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { DeskEvent } from '../reception/desk-event.ts';
import { refuse } from './desk-gate.ts';
import type { DeskSource } from './desk-source.ts';
import type { FacilityPassword } from './facility-password.ts';
import type { Invitations } from './invitations.ts';
import type { Passkeys } from './passkeys.ts';
import type { People, Role } from './people.ts';
import type { SignIn, SignIns } from './sign-ins.ts';

/** What the desk's routes work with. */
export type Desk = {
  readonly readerId: string;
  readonly source: DeskSource;
  readonly people: People;
  readonly invitations: Invitations;
  readonly passkeys: Passkeys;
  readonly password: FacilityPassword;
  readonly signIns: SignIns;
  readonly clock: Clock;
  readonly audit: (event: DeskEvent) => void;
};

/** `__Host-`: a browser takes it over HTTPS alone, for this host alone (RFC 6265bis §4.1.3.2). */
const COOKIE = '__Host-kazasu-desk';
const COOKIE_RULES = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

type Handler = (signIn: SignIn, request: FastifyRequest, reply: FastifyReply) => unknown;

export const signedIn = (desk: Desk, request: FastifyRequest) => desk.signIns.find(request.cookies[COOKIE]);

/** A handler for whoever is signed in, and is an administrator where that is asked for. */
export function forRole(desk: Desk, role: Role, handler: Handler) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const signIn = signedIn(desk, request);
    if (!signIn) return refuse(reply, 'signed-out');
    if (role === 'administrator' && signIn.person.role !== 'administrator') return refuse(reply, 'role');
    return handler(signIn, request, reply);
  };
}

export function giveCookie(reply: FastifyReply, signIn: SignIn): void {
  reply.setCookie(COOKIE, signIn.token, COOKIE_RULES);
}

export function takeCookie(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, COOKIE_RULES);
}

/** @returns the request's body as `schema` wants it, or undefined when it is something else */
export function bodyAs<T>(schema: z.ZodType<T>, request: FastifyRequest): T | undefined {
  const parsed = schema.safeParse(request.body);
  return parsed.success ? parsed.data : undefined;
}
