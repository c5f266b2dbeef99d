import type { FaultCode } from '../../../faults/catalogue.ts';
import { snapshot } from '../link.ts';
import { texts } from '../preferences.ts';

/** Whether a card is put into a slot here. A phone is always held to the tray. */
export const isSlot = (): boolean => snapshot.value?.module === 'contact' && !snapshot.value.phone;

/** How a card is placed here: its title, way and drawing. */
export const placeWords = () => (isSlot() ? texts.value.idle.slot : texts.value.idle);

/** What the patient can do at a fault, in the words of this unit's module. */
export function adviceWords(code: FaultCode): string {
  const forSlot: Partial<Record<FaultCode, string>> = texts.value.slot.advice;
  return (isSlot() && forSlot[code]) || texts.value.faults[code].advice;
}
