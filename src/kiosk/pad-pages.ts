import type { WebSocket } from '@fastify/websocket';
import { PAD_KEY } from './protocol.ts';

/**
 * Passes the keys of the panel's pad to the kiosk page.
 *
 * What a key means only the page knows, since it knows its screen: a way on, or a digit. A digit goes the way of one that
 * is touched: the page sends it back as one byte to whoever takes digits then. So the pad adds no second way to a PIN, and
 * a key that comes when no digits are typed becomes none. Each message holds one key and no text, and is wiped once sent.
 */
export function createPadPages() {
  /** Of several pages (a bench's) the one opened last has the pad: one press must not type two digits. */
  const pages: WebSocket[] = [];
  return {
    join(page: WebSocket): void {
      pages.push(page);
      page.on('close', () => pages.splice(pages.indexOf(page), 1));
    },
    key(key: number, down: boolean): void {
      const message = Buffer.from(new ArrayBuffer(3));
      message.set([PAD_KEY, key, down ? 1 : 0]);
      const page = pages.at(-1);
      if (page) page.send(message, () => message.fill(0));
      else message.fill(0);
    },
  };
}
