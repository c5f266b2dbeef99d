/** The one WebSocket to the reader: snapshots in, intents, keys and pictures out. It comes back by itself. */
import { signal } from '@preact/signals';
import { systemClock } from '../../clock.ts';
import type { Intent } from '../../reception/state.ts';
import type { TechnicianIntent } from '../../technician/view.ts';
import { BEAT, CAMERA_FRAME, PAD_KEY, type PageMessage, PIN_KEY, PREVIEW_FRAME, type Snapshot } from '../protocol.ts';

const RECONNECT_MS = 500;
const NONCE_BYTES = 16;

/** What the reader shows; undefined while the reader is not there. */
export const snapshot = signal<Snapshot | undefined>(undefined);

let socket: WebSocket | undefined;
let previewListener: ((jpeg: Blob) => void) | undefined;
let padListener: ((key: number, down: boolean) => void) | undefined;

export function openLink(): void {
  const opening = new WebSocket(`ws://${location.host}/link${location.search}`);
  opening.binaryType = 'arraybuffer';
  opening.onmessage = ({ data }) => (typeof data === 'string' ? show(data) : takeBytes(data));
  opening.onclose = () => {
    snapshot.value = undefined;
    systemClock.after(RECONNECT_MS, openLink);
  };
  socket = opening;
}

function show(text: string): void {
  snapshot.value = JSON.parse(text);
}

function takeBytes(data: ArrayBuffer): void {
  const bytes = new Uint8Array(data);
  if (bytes[0] === PREVIEW_FRAME) previewListener?.(new Blob([bytes.subarray(1)], { type: 'image/jpeg' }));
  else if (bytes[0] === BEAT) answerWhenPainted(data);
  else if (bytes[0] === PAD_KEY) {
    padListener?.(bytes[1] ?? 0, bytes[2] === 1);
    bytes.fill(0);
  }
}

/**
 * The first frame draws what is due; when the second comes, it has been drawn. A page whose drawing broke goes on
 * showing an earlier screen: it has no answer either.
 */
function answerWhenPainted(beat: ArrayBuffer): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.body.dataset['screen'] !== snapshot.value?.screen.at) answerWhenPainted(beat);
      else if (isOpen()) socket?.send(beat);
    }),
  );
}

/** Shows the recorded camera's pictures; one listener at a time. Returns the way to stop. */
export function onPreview(listener: (jpeg: Blob) => void): () => void {
  previewListener = listener;
  return () => {
    if (previewListener === listener) previewListener = undefined;
  };
}

/** @param listener gets each key of the panel's pad (ASCII), going down or up; one listener */
export function onPadKey(listener: (key: number, down: boolean) => void): void {
  padListener = listener;
}

export function say(intent: Intent): void {
  if (snapshot.value) send({ type: 'intent', revision: snapshot.value.revision, intent });
}

export function sayTechnician(intent: TechnicianIntent): void {
  send({ type: 'technician', intent });
}

export function sayCameraFailed(nonce: string): void {
  send({ type: 'camera-failed', nonce });
}

/** @param key an ASCII digit, or 08 to erase one. Nothing on the page keeps it. */
export function sendPinKey(key: number): void {
  const message = Uint8Array.of(PIN_KEY, key);
  if (isOpen()) socket?.send(message);
  message.fill(0);
}

/** @param nonce 32 hex digits that name the capture */
export function sendPicture(nonce: string, jpeg: ArrayBuffer): void {
  const message = new Uint8Array(1 + NONCE_BYTES + jpeg.byteLength);
  message[0] = CAMERA_FRAME;
  for (let i = 0; i < NONCE_BYTES; i++) message[1 + i] = Number.parseInt(nonce.slice(2 * i, 2 * i + 2), 16);
  message.set(new Uint8Array(jpeg), 1 + NONCE_BYTES);
  if (isOpen()) socket?.send(message);
}

/** Bytes that wait to leave this page. */
export const unsentBytes = (): number => socket?.bufferedAmount ?? 0;

const isOpen = () => socket?.readyState === WebSocket.OPEN;

function send(message: PageMessage): void {
  if (isOpen()) socket?.send(JSON.stringify(message));
}
