import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareDetectorModel } from '../../src/setup/detector-model.mjs';

const shippedPath = 'node_modules/@mediapipe/face_detection/face_detection_short_range.tflite';
const shipped = readFileSync(shippedPath);

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kazasu-detector-'));
  mkdirSync(dirname(join(root, shippedPath)), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const made = () => join(root, 'build/guidance/face-detector.tflite');
const prepare = () => prepareDetectorModel({ root, log: () => {} });

describe('the page’s face detector', () => {
  test('is the shipped model, byte for byte, behind a new beginning that says how pixels become its input', async () => {
    writeFileSync(join(root, shippedPath), shipped);
    await prepare();
    const model = readFileSync(made());
    expect(model.subarray(4, 8).toString()).toBe('TFL3');
    expect(model.includes(shipped.subarray(64))).toBe(true);
    expect(model.includes('TFLITE_METADATA')).toBe(true);
    const mean = Buffer.alloc(4);
    mean.writeFloatLE(127.5);
    expect(model.subarray(0, model.length - shipped.length).includes(mean)).toBe(true);
  });

  test('is made anew when it was damaged', async () => {
    writeFileSync(join(root, shippedPath), shipped);
    await prepare();
    const whole = readFileSync(made());
    writeFileSync(made(), whole.subarray(1));
    await prepare();
    expect(readFileSync(made()).equals(whole)).toBe(true);
  });

  test('is not made from another model than the pinned one', async () => {
    const changed = Buffer.from(shipped);
    changed.writeUInt8(changed.readUInt8(100_000) ^ 1, 100_000);
    writeFileSync(join(root, shippedPath), changed);
    await expect(prepare()).rejects.toThrow(/not the pinned file/);
    expect(existsSync(made())).toBe(false);
  });
});
