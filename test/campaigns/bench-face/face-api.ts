import { join } from 'node:path';
import type * as FaceApi from '@vladmandic/face-api';
import type { Contender } from './contender.ts';
import { rgbOf, useWasm } from './tensorflow.ts';

/** @vladmandic/face-api as its README has it: SSD MobileNet, 68 landmarks, dlib's recognition network. */
export async function loadFaceApi(detector: 'ssd' | 'tiny'): Promise<Contender> {
  const { require, folderOf } = useWasm();
  const faceApi = require('@vladmandic/face-api/dist/face-api.node-wasm.js') as typeof FaceApi;
  const { tf, nets } = faceApi as typeof FaceApi & { readonly tf: Tensors };
  await tf.setBackend('wasm');
  await tf.ready();
  const models = join(folderOf('@vladmandic/face-api'), 'model');
  const detectorNet = detector === 'ssd' ? nets.ssdMobilenetv1 : nets.tinyFaceDetector;
  for (const net of [detectorNet, nets.faceLandmark68Net, nets.faceRecognitionNet]) await net.loadFromDisk(models);
  const options = detector === 'ssd' ? new faceApi.SsdMobilenetv1Options() : new faceApi.TinyFaceDetectorOptions();
  return {
    async embed(picture) {
      const tensor = tf.tensor3d(rgbOf(picture), [picture.height, picture.width, 3], 'int32');
      const face = await faceApi
        .detectSingleFace(tensor as never, options)
        .withFaceLandmarks()
        .withFaceDescriptor();
      tensor.dispose();
      return face?.descriptor;
    },
  };
}

/** What is used of TensorFlow.js. */
export type Tensors = {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor3d(data: Uint8Array, shape: readonly number[], type: string): { dispose(): void };
};
