import type { BrowserContext } from 'playwright-core';

/**
 * Puts a webcam before every page that `context` opens from now on, of the size that the page asks for and with pictures
 * that the test makes at that moment: Chromium's own simulated one plays a file, and does not hear what a patient is asked.
 * @param nextPicture a JPEG of that size; asked for ten times a second at most, fewer where the machine is busy
 */
export async function connectWebcam(context: BrowserContext, nextPicture: () => Promise<Uint8Array>): Promise<void> {
  await context.exposeFunction('nextPicture', async () => Buffer.from(await nextPicture()).toString('base64'));
  await context.addInitScript(replaceCamera);
}

/** Runs in the page. Binary data cannot come over from the test: it comes as Base64. */
function replaceCamera(): void {
  const page = globalThis as unknown as CameraPage;
  const getUserMedia = async ({ video: { width, height } }: Asked): Promise<Stream> => {
    const canvas = Object.assign(page.document.createElement('canvas'), { width, height });
    const stream = canvas.captureStream();
    const showNext = async () => {
      const jpeg = Uint8Array.from(atob(await page.nextPicture()), (byte) => byte.charCodeAt(0));
      canvas.getContext('2d').drawImage(await page.createImageBitmap(new Blob([jpeg])), 0, 0);
      setTimeout(() => {
        if (stream.getTracks().some(({ readyState }) => readyState === 'live')) void showNext();
      }, 100);
    };
    await showNext();
    return stream;
  };
  // A page that is still blank is no place for a camera.
  if (page.navigator.mediaDevices) Object.assign(page.navigator.mediaDevices, { getUserMedia });
}

type Asked = { readonly video: { readonly width: number; readonly height: number } };
type Stream = { getTracks(): readonly { readonly readyState: 'live' | 'ended' }[] };
type Canvas = {
  getContext(kind: '2d'): { drawImage(picture: unknown, x: number, y: number): void };
  captureStream(): Stream;
};
type CameraPage = {
  readonly document: { createElement(name: 'canvas'): Canvas };
  readonly navigator: { readonly mediaDevices?: object };
  createImageBitmap(picture: Blob): Promise<unknown>;
  nextPicture(): Promise<string>;
};
