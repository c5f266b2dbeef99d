/** The module's end of a line, whatever carries it. */
export type PeerWire = {
  /** Bytes to the host, at once; dropped when nobody holds the other end. */
  write(bytes: Uint8Array): void;
  /** Bytes from the host. One listener; it must not throw. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
};
