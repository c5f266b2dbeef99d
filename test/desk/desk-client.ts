import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { type ServedDesk, urlOf } from './serve-desk.ts';
import { SoftAuthenticator } from './soft-authenticator.ts';

export type Reply = {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: unknown;
};
type Headers = Record<string, string | undefined>;
type Asked = { readonly method?: 'GET' | 'POST'; readonly body?: unknown; readonly headers?: Headers };

/** A browser as far as the desk can tell: it trusts the desk's certificate, says where it comes from, and keeps a cookie. */
export class DeskClient {
  cookie: string | undefined;
  readonly origin: string;
  readonly #agent: Agent;

  constructor({ server, folder }: { readonly server: Pick<ServedDesk['server'], 'urls'>; readonly folder: string }) {
    this.origin = urlOf(server);
    // Tests come by wrong names too: the certificate is believed for each of them.
    const ca = readFileSync(join(folder, 'desk-authority.pem'), 'utf8');
    this.#agent = new Agent({
      connect: { ca: ca.slice(ca.indexOf('-----BEGIN CERTIFICATE-----')), checkServerIdentity: () => undefined },
    });
  }

  get = (path: string, headers: Headers = {}) => this.ask(path, { headers });
  post = (path: string, body: unknown = {}, headers: Headers = {}) => this.ask(path, { method: 'POST', body, headers });

  async ask(path: string, { method = 'GET', body, headers = {} }: Asked): Promise<Reply> {
    const bytes = body instanceof Uint8Array;
    const answer = await request(this.origin + path, {
      method,
      dispatcher: this.#agent,
      headers: {
        ...(method === 'POST' && {
          origin: this.origin,
          'content-type': bytes ? 'application/octet-stream' : 'application/json',
        }),
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...headers,
      },
      ...(body !== undefined && { body: bytes || typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = answer.headers['set-cookie'];
    if (set !== undefined) this.cookie = String(set).split(';')[0];
    const isJson = String(answer.headers['content-type']).startsWith('application/json');
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: isJson ? await answer.body.json() : await answer.body.text(),
    };
  }

  /** The live news as they come; the generator ends when the desk ends them. */
  async *news(): AsyncGenerator<string> {
    const answer = await request(`${this.origin}/news`, {
      dispatcher: this.#agent,
      headers: { cookie: this.cookie ?? '', accept: 'text/event-stream' },
    });
    for await (const chunk of answer.body) yield String(chunk);
  }

  async join(code: string, name: string, authenticator = new SoftAuthenticator()): Promise<Reply> {
    const options = await this.post('/join/options', { code, name });
    if (options.status !== 200) return options;
    const response = authenticator.register(options.body as never, this.origin);
    return this.post('/join', { code, name, response });
  }

  async signIn(authenticator: SoftAuthenticator, origin = this.origin): Promise<Reply> {
    const options = await this.post('/sign-in/options');
    return this.post('/sign-in/passkey', { response: authenticator.signIn(options.body as never, origin) });
  }

  signInByPassword = (name: string, digits: string) =>
    this.post('/sign-in/password', Buffer.concat([Buffer.of(digits.length), Buffer.from(digits), Buffer.from(name)]));

  close = () => this.#agent.destroy();
}
