/**
 * Makes the face detector that the kiosk page guides people with, build/guidance/face-detector.tflite. MediaPipe's task
 * wants to be told how a picture becomes the network's numbers; the model as its package ships it does not say.
 *
 * A TFLite file is a flatbuffer, whose offsets point forwards only, so a new beginning is put before the old bytes:
 *
 *   new Model → new buffers: the old ones, and the metadata as one more
 *             → new metadata: "TFLITE_METADATA" is that buffer
 *             → operator codes and subgraphs where they were
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Mistake } from './mistake.mjs';

const SHIPPED = join('node_modules', '@mediapipe', 'face_detection', 'face_detection_short_range.tflite');
const SHIPPED_SHA256 = '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633';
const SHA256 = 'abe140cc6afc7b90b8fb20b4838c46684520c80ecea39d862136070db76d6c26';

/** Leaves build/guidance/face-detector.tflite. Needs the dependencies; rejects when either file is not the pinned one. */
export async function prepareDetectorModel({ root, log }) {
  const folder = join(root, 'build', 'guidance');
  const target = join(folder, 'face-detector.tflite');
  if (sha256(await readFile(target).catch(() => '')) === SHA256) return;
  log('the face detector of the kiosk page');
  const shipped = await readFile(join(root, SHIPPED));
  expectHash(shipped, SHIPPED_SHA256, SHIPPED);
  const told = await withMetadata(shipped);
  expectHash(told, SHA256, target);
  await mkdir(folder, { recursive: true });
  await writeFile(`${target}.part`, told);
  await rename(`${target}.part`, target);
}

/** Slots of the tables in TensorFlow's schema.fbs and TFLite Support's metadata_schema.fbs, in the order used here. */
const MODEL = { version: 0, operatorCodes: 1, subgraphs: 2, buffers: 4, metadata: 6, slots: 8 };

async function withMetadata(shipped) {
  // Loaded late: this file is read before the dependencies are there.
  const { Builder, ByteBuffer } = await import('flatbuffers');
  const old = new ByteBuffer(new Uint8Array(shipped));
  const oldModel = old.readInt32(0);
  const fieldOf = (slot) => oldModel + old.__offset(oldModel, 4 + 2 * slot);
  const builder = new Builder(2 * shipped.length);

  // The builder writes from the end: what is put first lies last, aligned as the weights need it.
  builder.prep(16, shipped.length);
  for (const byte of shipped.toReversed()) builder.writeInt8(byte);
  const oldStart = builder.offset();
  const moved = (position) => oldStart - position;

  const metadata = builder.createByteVector(pixelMetadata(new Builder(512)));
  const metadataBuffer = table(builder, 1, () => builder.addFieldOffset(0, metadata, 0));
  const oldBuffers = old.__vector(fieldOf(MODEL.buffers));
  const count = old.__vector_len(fieldOf(MODEL.buffers));
  const buffers = Array.from({ length: count }, (_, index) => moved(old.__indirect(oldBuffers + 4 * index)));
  const allBuffers = vector(builder, [...buffers, metadataBuffer]);

  const name = builder.createString('TFLITE_METADATA');
  const entry = table(builder, 2, () => {
    builder.addFieldOffset(0, name, 0);
    builder.addFieldInt32(1, count, 0);
  });
  const entries = vector(builder, [entry]);
  const model = table(builder, MODEL.slots, () => {
    builder.addFieldInt32(MODEL.version, old.readInt32(fieldOf(MODEL.version)), 0);
    builder.addFieldOffset(MODEL.operatorCodes, moved(old.__indirect(fieldOf(MODEL.operatorCodes))), 0);
    builder.addFieldOffset(MODEL.subgraphs, moved(old.__indirect(fieldOf(MODEL.subgraphs))), 0);
    builder.addFieldOffset(MODEL.buffers, allBuffers, 0);
    builder.addFieldOffset(MODEL.metadata, entries, 0);
  });
  builder.finish(model, 'TFL3');
  return Buffer.from(builder.asUint8Array());
}

const NORMALIZATION_OPTIONS = 1;
const IMAGE_PROPERTIES = 2;
const RGB = 1;

/** ModelMetadata of one subgraph: an RGB picture, each channel (value − 127.5) ÷ 127.5; two outputs, of which nothing is said. */
function pixelMetadata(builder) {
  const half = vectorOfFloat(builder, 127.5);
  const normalization = table(builder, 2, () => {
    builder.addFieldOffset(0, half, 0);
    builder.addFieldOffset(1, half, 0);
  });
  const unit = table(builder, 2, () => {
    builder.addFieldInt8(0, NORMALIZATION_OPTIONS, 0);
    builder.addFieldOffset(1, normalization, 0);
  });
  const properties = table(builder, 2, () => builder.addFieldInt8(0, RGB, 0));
  const content = table(builder, 2, () => {
    builder.addFieldInt8(0, IMAGE_PROPERTIES, 0);
    builder.addFieldOffset(1, properties, 0);
  });
  const units = vector(builder, [unit]);
  const picture = table(builder, 7, () => {
    builder.addFieldOffset(3, content, 0);
    builder.addFieldOffset(4, units, 0);
  });
  const inputs = vector(builder, [picture]);
  const outputs = vector(builder, [table(builder, 7, () => {}), table(builder, 7, () => {})]);
  const subgraph = table(builder, 5, () => {
    builder.addFieldOffset(2, inputs, 0);
    builder.addFieldOffset(3, outputs, 0);
  });
  const subgraphs = vector(builder, [subgraph]);
  builder.finish(
    table(builder, 8, () => builder.addFieldOffset(3, subgraphs, 0)),
    'M001',
  );
  return builder.asUint8Array();
}

function table(builder, slots, fill) {
  builder.startObject(slots);
  fill();
  return builder.endObject();
}

function vector(builder, offsets) {
  builder.startVector(4, offsets.length, 4);
  for (const offset of offsets.toReversed()) builder.addOffset(offset);
  return builder.endVector();
}

function vectorOfFloat(builder, value) {
  builder.startVector(4, 1, 4);
  builder.addFloat32(value);
  return builder.endVector();
}

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

function expectHash(bytes, expected, what) {
  const found = sha256(bytes);
  if (found === expected) return;
  throw new Mistake(
    `the kiosk page's face detector: ${what} is not the pinned file (sha256 ${found.slice(0, 16)}…), so it is not used. ` +
      'Remove node_modules/@mediapipe and build/guidance, run npm ci, and run the same command again.',
  );
}
