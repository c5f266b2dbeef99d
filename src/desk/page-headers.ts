import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Every answer says what its page may do: only what comes from the desk itself, in no frame. */
export async function addPageHeaders(app: FastifyInstance): Promise<void> {
  const [self, none] = [["'self'"], ["'none'"]];
  await app.register(helmet, {
    // The certificate is our own: a browser that had been told to insist on it could not be helped at its renewal.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: none,
        scriptSrc: self,
        styleSrc: self,
        // data: the name's picture, which is never a file with an address.
        imgSrc: ["'self'", 'data:'],
        connectSrc: self,
        frameAncestors: none,
        baseUri: none,
        formAction: none,
      },
    },
  });
  app.addHook('onRequest', async ({ url }, reply) => {
    reply.header(
      'permissions-policy',
      'publickey-credentials-get=(self), publickey-credentials-create=(self), camera=(), microphone=(), geolocation=()',
    );
    // What the page is built of carries its hash in its name; everything else is kept nowhere.
    reply.header('cache-control', url.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-store');
  });
}
