/** What the memory of a WebAssembly codec holds longer than it is needed. */

/** A page of WebAssembly memory: every heap is so many whole ones. */
const PAGE_BYTES = 65_536;
const emptyPage = new Uint8Array(PAGE_BYTES);

/** `HEAPU8` is another array after the memory has grown. */
type Heap = { readonly HEAPU8: Uint8Array };

/**
 * Keeps the codec's memory as it is now. Calling what is returned puts it back, and so wipes whatever the codec has
 * held since: it frees its copies of a file and a picture without clearing them. To be called only when the codec has
 * freed all that was allocated since.
 *
 * Pages that were never used are looked at but not written to: they take no memory of the machine's.
 */
export function keepMemory(codec: Heap): () => void {
  const clean = codec.HEAPU8.slice(0, usedBytes(codec.HEAPU8));
  return () => {
    codec.HEAPU8.set(clean);
    for (const page of pagesOf(codec.HEAPU8.subarray(clean.length))) if (!isEmpty(page)) page.fill(0);
  };
}

/** Up to the end of the last page in use. */
function usedBytes(heap: Uint8Array): number {
  return PAGE_BYTES * (pagesOf(heap).findLastIndex((page) => !isEmpty(page)) + 1);
}

function pagesOf(heap: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: heap.length / PAGE_BYTES }, (_, page) => heap.subarray(page * PAGE_BYTES, (page + 1) * PAGE_BYTES));
}

const isEmpty = (page: Uint8Array): boolean => Buffer.compare(page, emptyPage) === 0;
