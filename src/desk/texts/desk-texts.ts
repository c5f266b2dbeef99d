import type { FaultCode } from '../../faults/catalogue.ts';
import type { Part, PartHealth } from '../desk-source.ts';
import type { RefusalReason } from '../protocol.ts';

type Attention = Exclude<NonNullable<PartHealth['attention']>, FaultCode>;

/** The words that must be there for every value that can come. */
export type PartWords = Readonly<Record<Part, string>>;
export type AttentionWords = Readonly<Record<Attention, string>>;
export type RefusalWords = Readonly<Record<RefusalReason, string>>;
