import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export type BootToken = { readonly value: string; readonly uses: 'once' | 'many' };

export type LocalGateOptions = {
  /** Distinguishes the cookies of several pages on one machine: cookies know no ports. */
  readonly name: string;
  readonly bootToken: BootToken;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
  /** Told of every refusal, for the log. */
  readonly onRefused?: ((status: number, reason: string) => void) | undefined;
};

export type LocalGate = {
  /** @returns a boot token in place of the last one, to be used once: every user of the machine can see with what address a
   *  browser was started */
  newToken(): string;
};

const REFUSED = 'Open the address that the reader printed when it started.\n読み取り機が表示した番地を開いてください。\n';

/**
 * Lets in nobody but the page that was opened with the boot token, on this machine:
 *
 *   Host is another name            421   DNS rebinding
 *   Origin is another page          403   a WebSocket or POST must have one
 *   /boot/TOKEN                     302   exchanged for an HttpOnly SameSite=Strict cookie
 *   anything without that cookie    403
 */
export function addLocalGate(app: FastifyInstance, options: LocalGateOptions): LocalGate {
  const newSecret = () => Buffer.from(options.random(24)).toString('base64url');
  const cookieValue = newSecret();
  const tokens = new Map([[options.bootToken.value, options.bootToken.uses]]);
  let newest = '';

  const refuse = (reply: FastifyReply, status: number, reason: string) => {
    options.onRefused?.(status, reason);
    return reply.code(status).type('text/plain; charset=utf-8').send(REFUSED);
  };

  app.addHook('onRequest', async (request, reply) => {
    const host = hostOf(app);
    if (request.headers.host !== host) return refuse(reply, 421, 'host');
    if (!originAllowed(request, `http://${host}`)) return refuse(reply, 403, 'origin');
    if (request.url.startsWith('/boot/')) return;
    if (!same(cookieOf(request, cookieName(options.name, host)), cookieValue)) return refuse(reply, 403, 'cookie');
  });

  app.get<{ Params: { token: string } }>('/boot/:token', (request, reply) => {
    const token = [...tokens.keys()].find((one) => same(request.params.token, one));
    if (token === undefined) return refuse(reply, 403, 'boot token');
    if (tokens.get(token) === 'once') tokens.delete(token);
    const query = new URL(request.url, 'http://local').search;
    return reply
      .header('set-cookie', `${cookieName(options.name, hostOf(app))}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`)
      .redirect(`/${query}`, 302);
  });

  return {
    newToken() {
      tokens.delete(newest);
      newest = newSecret();
      tokens.set(newest, 'once');
      return newest;
    },
  };
}

/** @returns `127.0.0.1:PORT` of a listening server */
export function hostOf(app: FastifyInstance): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return `127.0.0.1:${address.port}`;
}

function originAllowed({ headers, method }: FastifyRequest, own: string): boolean {
  if (headers.origin !== undefined) return headers.origin === own;
  return (method === 'GET' || method === 'HEAD') && headers.upgrade === undefined;
}

const cookieName = (name: string, host: string) => `${name}-${host.split(':')[1]}`;

function cookieOf(request: FastifyRequest, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(/; */);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
}

function same(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
