import type { FaultCode } from '../../faults/catalogue.ts';
import type { Part, PartHealth } from '../desk-source.ts';
import type { RefusalReason } from '../protocol.ts';
import type { ja } from './ja.ts';

/** Every word of the desk: ja defines the keys, a language that lacks one does not compile. */
export type DeskTexts = typeof ja;

type Attention = Exclude<NonNullable<PartHealth['attention']>, FaultCode>;

/** The words that must be there for every value that can come. */
export type PartWords = Readonly<Record<Part, string>>;
export type AttentionWords = Readonly<Record<Attention, string>>;
export type RefusalWords = Readonly<Record<RefusalReason, string>>;
