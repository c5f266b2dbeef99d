import { useEffect } from 'preact/hooks';
import { runCamera } from '../camera.ts';

/** The camera for a self-test: its pictures go to the reader, nothing of them is shown. */
export function CameraProbe({ nonce }: { readonly nonce: string }) {
  useEffect(() => runCamera(Object.assign(document.createElement('video'), { muted: true, playsInline: true }), nonce), [nonce]);
  return null;
}
