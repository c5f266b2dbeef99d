/** Every memory that a reception had, with the bytes that it was typed into: so that a test can look after its end. */
import type { ReceptionMemory } from '../../src/reception/memory.ts';

type SeenMemory = { readonly memory: ReceptionMemory; readonly typed: readonly Uint8Array[]; readonly names: Set<Uint8Array> };

const seen: SeenMemory[] = [];

export function rememberMemory(memory: ReceptionMemory): void {
  const typed: Uint8Array[] = [];
  // Lent before anybody has typed: the memory behind it stays the entry's own.
  for (const entry of [memory.pin, memory.codeB, memory.password])
    void entry.spend(async (ascii) => void typed.push(new Uint8Array(ascii.buffer)));
  seen.push({ memory, typed, names: new Set() });
}

/** To be called often: a name's picture is put there when a portrait is read. */
export function lookAtNames(): void {
  for (const { memory, names } of seen) if (memory.namePicture) names.add(memory.namePicture);
}

export const memoriesSoFar = (): number => seen.length;

/** What is left of the person in the first so many memories; those of which nothing is left are forgotten here too.
 *  @param kept whether staff have been given that picture, for their minutes */
export function leftOf(first: number, current: string | undefined, kept: (picture: Uint8Array) => boolean): string[] {
  const left: string[] = [];
  for (const one of seen.slice(0, first)) {
    if (one.memory.receptionId === current) continue;
    const what = leftIn(one, kept);
    if (what.length > 0) left.push(`${one.memory.receptionId}: ${what.join(', ')}`);
  }
  return left;
}

export function forgetMemories(): void {
  seen.length = 0;
}

function leftIn({ memory, typed, names }: SeenMemory, kept: (picture: Uint8Array) => boolean): string[] {
  const empty = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);
  const checks: Record<string, boolean> = {
    'typed digits': typed.every(empty),
    'the name’s picture': memory.namePicture === undefined && [...names].every((name) => empty(name) || kept(name)),
    'what was started for it': memory.over.signal.aborted,
    'the face': memory.face === undefined && memory.decision === undefined && !memory.enrolled,
    'the answer': memory.answer === undefined,
    'the gateway': memory.gateway === undefined,
    'the approver': memory.approver === undefined,
    'the prescriptions': memory.prescriptions.length === 0,
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}
