/** One GET over mutual TLS: the server is believed by one authority alone, and no redirection is followed. */
import type { IncomingMessage } from 'node:http';
import { type Agent, request } from 'node:https';
import { type Clock, deadline } from '../clock.ts';
import { gone, got, type UpdateResult } from './update-fault.ts';

/** PEM. `cert` and `key` are the device's own. */
export type ClientTls = { readonly ca: string; readonly cert: string; readonly key: string };

export type Get = {
  readonly url: URL;
  readonly tls: ClientTls;
  readonly headers: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** Keeps connections open for whoever asks often; `false`: one of its own, closed with it. */
  readonly agent: Agent | false;
};

/** An answer whose body ends with a fault when it stalls; whoever has it reads it to its end or aborts. */
export type Answer = { readonly response: IncomingMessage; readonly body: AsyncIterable<Buffer> };

/** To the answer's head, and between two pieces of its body. */
const SILENCE_MS = 60_000;

/** Faults: UPD-971, whose detail names what the network or the server said. */
export async function httpsGet({ url, tls, headers, clock, agent }: Get, signal: AbortSignal): Promise<UpdateResult<Answer>> {
  const head = deadline(clock, SILENCE_MS, signal);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, { ...tls, headers, agent, minVersion: 'TLSv1.2', signal }, resolve);
      asked.on('error', reject);
      head.signal.addEventListener('abort', () => asked.destroy(new Error('no answer in time')), { once: true });
      asked.end();
    });
    return got({ response, body: unlessSilent(response, clock) });
  } catch (error) {
    return gone('UPD-971', `${url.host}: ${reasonOf(error)}`);
  } finally {
    head.done();
  }
}

async function* unlessSilent(response: IncomingMessage, clock: Clock): AsyncGenerator<Buffer> {
  const giveUp = () => response.destroy(new Error('the connection is silent'));
  let cancel = clock.after(SILENCE_MS, giveUp);
  try {
    for await (const piece of response) {
      cancel();
      yield piece as Buffer;
      cancel = clock.after(SILENCE_MS, giveUp);
    }
  } finally {
    cancel();
  }
}

/** What a socket, TLS or a file said, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || error.name;
}
