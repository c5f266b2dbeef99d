/**
 * The face worker's thread: bytes in, sightings out, one at a time. It keeps nothing between two requests.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { failed, ok, type Result } from '../faults/result.ts';
import { decodeFrame } from './decode-frame.ts';
import { loadPortraitDecoder, type PortraitDecoder } from './decode-portrait.ts';
import { loadNetworks, type Networks } from './networks.ts';
import { wipe } from './picture.ts';
import { lookAtFrame, lookAtPortrait, type Sighting } from './recognise.ts';
import { warmUp } from './warm-up.ts';
import type { EndRequest, WorkerMessage, WorkerRequest, WorkerSettings } from './worker-messages.ts';

if (!parentPort) throw new Error('worker.ts runs as a worker thread only');
const port = parentPort;
const { modelsDir } = workerData as WorkerSettings;

const [networks, decodePortrait] = await Promise.all([loadNetworks(modelsDir), loadPortraitDecoder()]);
if (networks.ok) await warmUp(networks.value);
let turn: Promise<void> = Promise.resolve();
port.on('message', (request: WorkerRequest | EndRequest) => {
  turn = turn.then(() => (request.job === 'end' ? port.close() : serve(request)));
});
send({ type: 'ready', result: networks.ok ? ok() : networks });

async function serve(request: WorkerRequest): Promise<void> {
  const { id, bytes, infrared } = request;
  const result = networks.ok ? await answer(networks.value, decodePortrait, request) : networks;
  bytes.fill(0);
  infrared?.fill(0);
  const moved = result.ok && result.value.at === 'face' ? [result.value.template.buffer as ArrayBuffer] : [];
  send({ type: 'answer', id, result }, moved);
}

async function answer(loaded: Networks, decode: PortraitDecoder, request: WorkerRequest): Promise<Result<Sighting>> {
  const picture = request.job === 'portrait' ? decode(request.bytes) : await decodeFrame(request.bytes);
  if (!picture.ok) return picture;
  const infrared = request.infrared && (await decodeFrame(request.infrared));
  try {
    return request.job === 'portrait'
      ? await lookAtPortrait(loaded, picture.value)
      : ok(await lookAtFrame(loaded, picture.value, infrared));
  } catch (error) {
    return failed('FACE-406', error instanceof Error ? error.name : 'inference failed');
  } finally {
    wipe(picture.value);
    if (infrared?.ok) wipe(infrared.value);
  }
}

function send(message: WorkerMessage, moved: ArrayBuffer[] = []): void {
  port.postMessage(message, moved);
}
