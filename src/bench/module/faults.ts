/** What a module peer can be told to do wrong, and when. */
export type PeerFault =
  /** Hears the command and does nothing. */
  | { readonly kind: 'mute' }
  /** Refuses the frame as damaged, nothing is carried out. `status`: the reason, where the module has several (acs: FF when absent). */
  | { readonly kind: 'nak'; readonly status?: number }
  /** The module restarts (brown-out): nothing is answered, the card loses its power, and the rate falls to that of power-up. */
  | { readonly kind: 'reset' }
  /** Carries the command out, but its answer never comes. */
  | { readonly kind: 'lose-answer' }
  /** The card is gone before the command reaches it. */
  | { readonly kind: 'tear' }
  /** The card carries the command out and is gone before it answers. */
  | { readonly kind: 'tear-after' }
  /** The card carries the command out; the module reports an error instead of the answer (FE mute, FD parity, FB hardware). */
  | {
      readonly kind: 'slot-error';
      readonly error: number /** How long the module itself waits for the card first. */;
      readonly afterMs?: number;
    }
  | { readonly kind: 'wrong-check-byte' }
  /** The frame is in order, the T=1 block in it has a wrong LRC; nothing where the module passes no blocks on. */
  | { readonly kind: 'wrong-block-check' }
  /** `from` below 0 counts from the end. */
  | { readonly kind: 'drop-bytes'; readonly from: number; readonly count: number }
  /** Bytes that belong to nothing, before the answer or after it. */
  | { readonly kind: 'noise'; readonly bytes: Uint8Array; readonly where: 'before' | 'after' }
  | { readonly kind: 'duplicate' }
  /** A copy with the sequence number of the command before comes first. */
  | { readonly kind: 'stale-sequence' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** CCID answers with bmStatus 80, then the answer. */
  | { readonly kind: 'time-extension'; readonly times: number }
  /** Lone bytes ≥ 80, then the answer; the answer alone where the module has no such bytes. */
  | { readonly kind: 'time-request'; readonly times: number };

export type FaultRule = {
  readonly fault: PeerFault;
  /** On which CCID messages: by type, and counted from 1 over the life of the peer. Every one when absent. */
  readonly message?: (type: number, number: number) => boolean;
  /** Instead: on which command APDU, counted from 1 over the life of the peer, or by its bytes. */
  readonly apdu?: number | ((command: Uint8Array) => boolean);
  /** How often it happens; once when absent. */
  readonly times?: number;
};

export type FaultPlan = {
  add(rule: FaultRule): void;
  clear(): void;
  /** The fault that falls on the message that has just come, counted; undefined when none does. */
  onMessage(type: number): PeerFault | undefined;
  /** The fault that falls on the command APDU which that message completed. */
  onApdu(command: Uint8Array): PeerFault | undefined;
};

export function createFaultPlan(rules: readonly FaultRule[] = []): FaultPlan {
  let plan: { readonly rule: FaultRule; left: number }[] = [];
  let messages = 0;
  let apdus = 0;

  function add(rule: FaultRule): void {
    plan.push({ rule, left: rule.times ?? 1 });
  }

  function take(applies: (rule: FaultRule) => boolean): PeerFault | undefined {
    const entry = plan.find(({ rule, left }) => left > 0 && applies(rule));
    if (entry !== undefined) entry.left--;
    return entry?.rule.fault;
  }

  for (const rule of rules) add(rule);
  return {
    add,
    clear() {
      plan = [];
    },
    onMessage(type) {
      messages++;
      return take(({ message, apdu }) => apdu === undefined && (message === undefined || message(type, messages)));
    },
    onApdu(command) {
      apdus++;
      return take(({ apdu }) => (typeof apdu === 'function' ? apdu(command) : apdu === apdus));
    },
  };
}
