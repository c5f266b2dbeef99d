import type { FaultCode } from '../faults/catalogue.ts';
import type { OperationId } from './protocol.ts';

/** What goes on between reader and gateway, for whoever counts it. Nothing in it is of a person or a reception. */
export type GatewayEvent =
  /** One request had its answer, whatever that said; from when it left until all of the answer had come. */
  | { readonly type: 'answered'; readonly operation: OperationId; readonly tookMs: number }
  /** An attempt came to `code`, and the same request goes out once more. */
  | { readonly type: 'repeated'; readonly operation: OperationId; readonly code: FaultCode }
  /** Open: nothing is asked but a trial now and then, until the gateway is reached again. */
  | { readonly type: 'breaker'; readonly at: 'open' | 'closed' };
