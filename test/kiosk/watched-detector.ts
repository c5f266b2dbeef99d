/** The page's own face detector, as far as a test can see into it. */
import type { Page } from 'playwright-core';

/** What the detector was given last, which stays in a texture of its WebGL, and how often one was closed. */
type Watched = { lastIsEmpty?: boolean; closed: number };
export const watched = (page: Page): Promise<Watched> =>
  page.evaluate(() => (globalThis as unknown as { watched: Watched }).watched);

/** To be called before the page is opened. */
export async function watchDetector(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const found: Watched = { closed: 0 };
    const { WebGL2RenderingContext, HTMLCanvasElement, document } = Object.assign(globalThis, { watched: found }) as unknown as {
      WebGL2RenderingContext: { prototype: { texImage2D(...words: unknown[]): unknown } };
      HTMLCanvasElement: new () => PaintedCanvas;
      document: { createElement(name: string): PaintedCanvas };
    };
    const { texImage2D } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.texImage2D = function (...words) {
      const picture = words.at(-1);
      if (picture instanceof HTMLCanvasElement) {
        const { width, height } = picture;
        const drawing = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d');
        drawing.drawImage(picture, 0, 0);
        found.lastIsEmpty = new Uint32Array(drawing.getImageData(0, 0, width, height).data.buffer).every((pixel) => pixel === 0);
      }
      return texImage2D.apply(this, words);
    };
    // Its WebAssembly's function, caught as it is put into the module.
    Object.defineProperty(Object.prototype, '_closeGraph', {
      set(closeGraph: () => void) {
        const value = () => {
          found.closed++;
          closeGraph();
        };
        Object.defineProperty(this, '_closeGraph', { value, writable: true });
      },
    });
  });
}

type PaintedCanvas = {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    drawImage(picture: unknown, x: number, y: number): void;
    getImageData(...box: number[]): { readonly data: Uint8ClampedArray };
  };
};
