/** What a decoder finds in the bytes that come. Its bytes are lent for the call only: keep copies. */
export type WireEvent =
  /** A whole message whose check byte is right; commands too, where the module echoes them. */
  | { readonly type: 'message'; readonly message: Uint8Array }
  /** The head of a message that came damaged or cut: type, slot and sequence number can be guessed from it. */
  | { readonly type: 'damaged'; readonly head: Uint8Array }
  /** The module has the last frame and works on it. */
  | { readonly type: 'accepted' }
  /** The module did not accept the last frame. */
  | { readonly type: 'refused' }
  | { readonly type: 'slot-change'; readonly slot: number; readonly present: boolean }
  /** The module is still at work. */
  | { readonly type: 'more-time' };

export interface WireDecoder {
  /** Takes bytes as they come, in any pieces. */
  push(bytes: Uint8Array, tell: (event: WireEvent) => void): void;
  /** Nothing has come for the inter-byte time: what waits to be completed never will be. */
  quiet(tell: (event: WireEvent) => void): void;
  /** Whether a pause would tell it anything: something is incomplete, or it is out of step. */
  readonly unsettled: boolean;
}

/** How one family of readers frames CCID messages on a serial line. */
export interface CcidDialect {
  /** The frame around a message. The buffer may hold a PIN: whoever sends it wipes it. */
  frame(message: Uint8Array): Uint8Array;
  createDecoder(): WireDecoder;
  /** Whether the module says of each frame that it has accepted it, before it answers. */
  readonly acknowledges: boolean;
  /** Asks for the last answer once more, which carries nothing out again; absent where the family has no such frame. */
  readonly askAgain?: Uint8Array;
}
