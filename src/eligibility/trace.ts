/**
 * W3C Trace Context: `traceparent: 00-<trace id, 16 bytes>-<parent id, 8 bytes>-01`. One trace a reception, one parent id
 * a request; the answer repeats it, and so belongs to this request and no other.
 */
export type Trace = () => string;

export function startTrace(random: (length: number) => Uint8Array): Trace {
  const hex = (length: number) => Buffer.from(random(length)).toString('hex');
  const traceId = hex(16);
  return () => `00-${traceId}-${hex(8)}-01`;
}
