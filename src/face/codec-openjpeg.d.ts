/** The part of @cornerstonejs/codec-openjpeg that is used here; the package brings no types. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  export interface Decoder {
    /** A view into the codec's memory for a file of `length` bytes. */
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    /** A view into the codec's memory: pixels, components interleaved. */
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }
  export default function load(options?: { print?: (line: string) => void; printErr?: (line: string) => void }): Promise<{
    J2KDecoder: new () => Decoder;
    /** All of the codec's memory; another array after it has grown. */
    readonly HEAPU8: Uint8Array;
  }>;
}
