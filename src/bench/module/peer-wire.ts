/** The module's end of a line, whatever carries it. */
export type PeerWire = {
  /** Bytes to the host, at once; dropped when nobody holds the other end. */
  write(bytes: Uint8Array): void;
  /** Bytes from the host. One listener; it must not throw. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /**
   * At which rate the host has its end open now, in baud; undefined when that cannot be told. Absent on a real cable, where
   * a wrong rate makes garbage by itself. It may take some milliseconds: see `rated-wire.ts`, which asks only when it must.
   */
  hostBaudRate?(): Promise<number | undefined>;
  /** Goes on at another rate, where the wire has one of its own: a real serial port. */
  setBaudRate?(baudRate: number): void;
};
