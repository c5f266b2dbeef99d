import type { WebSocket } from '@fastify/websocket';
import type { WatchedPage } from './browser/page-watch.ts';
import type { KioskSource } from './kiosk-source.ts';
import { parsePageBytes, parsePageMessage } from './page-message.ts';
import { BEAT, PREVIEW_FRAME } from './protocol.ts';
import type { ScreenAge } from './screen-age.ts';

/** Preview frames are dropped while more than this waits to be sent (about three pictures). */
const PREVIEW_BACKLOG_BYTES = 200_000;
/** RFC 6455 §7.4.1: a message that violates the other side's policy. */
const POLICY_VIOLATION = 1008;

/** Where a page that beats may join; undefined for any but the reader's own screen. */
type JoinWatch = (sendBeat: (beat: number) => void) => WatchedPage | undefined;

/** Serves one open page: snapshots and previews out, checked messages in. Anything malformed closes the socket. */
export function attachPage(socket: WebSocket, source: KioskSource, screenAge: ScreenAge, watch: JoinWatch): void {
  const show = () => socket.send(JSON.stringify(source.snapshot()));
  const stopChanges = source.onChange(show);
  const stopPreview = source.onPreview((jpeg) => {
    if (socket.bufferedAmount < PREVIEW_BACKLOG_BYTES) socket.send(Buffer.concat([Buffer.of(PREVIEW_FRAME), jpeg]));
  });
  socket.on('close', () => {
    stopChanges();
    stopPreview();
    watched?.left();
  });
  // Without a listener an oversized or broken frame would be an uncaught error; ws closes the socket itself.
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    const bytes = data as Buffer;
    const understood = isBinary ? takeBytes(bytes, source, watched) : takeText(bytes.toString('utf8'), source, screenAge);
    if (!understood) socket.close(POLICY_VIOLATION, 'malformed message');
  });
  show();
  const watched = watch((beat) => socket.send(Buffer.of(BEAT, beat)));
}

function takeText(text: string, source: KioskSource, screenAge: ScreenAge): boolean {
  const message = parsePageMessage(text);
  if (!message) return false;
  if (message.type === 'camera-failed') source.cameraFailed(message.nonce);
  else if (message.type === 'technician') source.technician?.(message.intent);
  else if (screenAge.stillStands(message.revision)) source.intent(message.intent, message.revision);
  return true;
}

function takeBytes(bytes: Buffer, source: KioskSource, watched: WatchedPage | undefined): boolean {
  const message = parsePageBytes(bytes);
  if (message?.type === 'camera-frame') source.cameraFrame(message.nonce, Uint8Array.from(message.jpeg));
  else if (message?.type === 'pin-key') source.pinKey(message.key);
  else if (message?.type === 'beat') watched?.answered(message.beat);
  // ws unmasks in place, so this is the chunk that the key or the picture came in.
  bytes.fill(0);
  return message !== undefined;
}
