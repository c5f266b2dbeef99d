/** The static HTTPS server that releases lie on: a list, and bundles beside it. */
import { Agent } from 'node:https';
import type { Clock } from '../clock.ts';
import { openBundleStream } from './bundle-stream.ts';
import { parseFeed, type Release } from './feed.ts';
import { type ClientTls, httpsGet, reasonOf } from './https-get.ts';
import type { ReleaseServer } from './ports.ts';
import { gone, got, type UpdateResult } from './update-fault.ts';

export type ReleaseServerOptions = {
  /** Where the list lies, `https://`. */
  readonly feed: string;
  /** Read anew for each request: the device's certificate is renewed while the updater runs. Throws file errors. */
  readonly tls: () => ClientTls;
  /** Tells the server's log which reader asks, what it runs and what it does: that is all a static server learns. */
  readonly userAgent: () => string;
  readonly clock: Clock;
};

const LONGEST_LIST = 256 * 1024;
/** RAUC reads ahead: more than one stretch may be on its way. */
const CONNECTIONS = 4;

export function createReleaseServer(options: ReleaseServerOptions): ReleaseServer {
  const { feed, tls, userAgent, clock } = options;

  /** The list is asked for hours apart, and needs no connection that stays. */
  async function get(url: URL, more: Readonly<Record<string, string>>, signal: AbortSignal, agent: Agent | false = false) {
    try {
      const headers = { 'user-agent': userAgent(), ...more };
      return await httpsGet({ url, tls: tls(), headers, clock, agent }, signal);
    } catch (error) {
      return gone('UPD-971', `the device's own certificate cannot be used: ${reasonOf(error)}`);
    }
  }

  async function releases(signal: AbortSignal): Promise<UpdateResult<readonly Release[]>> {
    const answer = await get(new URL(feed), { accept: 'application/json' }, signal);
    if (!answer.ok) return answer;
    const { response, body } = answer.value;
    const pieces: Buffer[] = [];
    let length = 0;
    try {
      for await (const piece of body) {
        length += piece.length;
        if (length > LONGEST_LIST) return gone('UPD-972', `it is longer than ${LONGEST_LIST / 1024} KiB`);
        pieces.push(piece);
      }
    } catch (error) {
      return gone('UPD-971', reasonOf(error));
    }
    if (response.statusCode !== 200) return gone('UPD-971', `${feed}: the server answered ${response.statusCode}`);
    return parseFeed(Buffer.concat(pieces).toString('utf8'));
  }

  return {
    releases,
    async stream(release, progress, signal) {
      const { bundle: name, size } = release;
      const url = bundleUrl(release, feed);
      if (url === undefined) return gone('UPD-972', `bundle: "${name}" is not reached by https`);
      const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
      const ask = (range: string, asking: AbortSignal) => get(url, { range }, asking, agent);
      const stream = await openBundleStream({ name, size, clock, ask }, progress, signal);
      if (!stream.ok) return stream;
      const close = () => stream.value.close().finally(() => agent.destroy());
      return got({ ...stream.value, close });
    },
  };
}

function bundleUrl({ bundle }: Release, feed: string): URL | undefined {
  const url = URL.canParse(bundle, feed) ? new URL(bundle, feed) : undefined;
  return url?.protocol === 'https:' ? url : undefined;
}
