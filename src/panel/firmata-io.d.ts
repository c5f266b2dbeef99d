/** The part of firmata-io that is used here; the package brings no types. */
declare module 'firmata-io' {
  type Firmata = {
    /** As REPORT_FIRMWARE gave it. */
    readonly firmware: { readonly name?: string };
    /** The bytes of the message that is being read. */
    readonly buffer: number[];
    readonly MODES: { readonly PULLUP: number };
    /** The panel tells of its version: when it was asked, and by itself when it starts. */
    on(event: 'reportversion' | 'close', listener: () => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
  };
  const bind: {
    readonly Firmata: new (port: object, options: { readonly reportVersionTimeout: number }) => Firmata;
  };

  export type { Firmata };
  export default bind;
}
