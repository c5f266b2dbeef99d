import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { hostOf } from './local-gate.ts';

export type PageFrames = {
  /** The origin whose page may be shown inside this one. */
  readonly shows?: (() => string) | undefined;
  /** The origin whose page may show this one inside itself. */
  readonly shownBy?: (() => string) | undefined;
  readonly runsWasm?: boolean;
};

/** Every answer says what its page may do: only what comes from its own server, and the camera. */
export async function addPageHeaders(app: FastifyInstance, frames: PageFrames): Promise<void> {
  const self = ["'self'"];
  const origin = (of: (() => string) | undefined) => [of ? () => of() : "'none'"];
  await app.register(helmet, {
    // Loopback has no TLS to insist on, and frames are ruled by frame-ancestors alone.
    strictTransportSecurity: false,
    xFrameOptions: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // WebAssembly may be compiled, text may not become script: the kiosk page's face detector needs the one alone.
        scriptSrc: frames.runsWasm ? [...self, "'wasm-unsafe-eval'"] : self,
        styleSrc: self,
        fontSrc: self,
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", () => `ws://${hostOf(app)}`],
        frameSrc: origin(frames.shows),
        frameAncestors: origin(frames.shownBy),
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
  });
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(self), microphone=(), geolocation=(), usb=(), serial=(), display-capture=()');
    reply.header('cache-control', 'no-store');
  });
}
