import type { UnitCode } from '../../faults/unit-codes.ts';
import type { TestByHand, TestedPart } from '../parts.ts';

/** `means`: what a reader without it does; `toDo`: for whoever stands before it. */
type PartWords = { readonly name: string; readonly means: string; readonly toDo: string };

/** The words that must be there for every value that can come. */
export type PartTexts = Readonly<Record<TestedPart, PartWords>>;
export type HandTexts = Readonly<Record<TestByHand, PartWords & { readonly how: string }>>;
export type CodeTexts = Readonly<Record<UnitCode, string>>;
