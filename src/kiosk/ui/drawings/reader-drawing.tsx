import { snapshot } from '../link.ts';
import type { Handling } from './handling.ts';
import { SlotDrawing } from './slot-drawing.tsx';
import { TrayDrawing } from './tray-drawing.tsx';

type ReaderDrawingProps = { readonly label: string; readonly shows: Handling };

/** The unit as it stands before the patient, with the place that its card module has; a phone is always held to the tray. */
export function ReaderDrawing({ label, shows }: ReaderDrawingProps) {
  const { module, phone } = snapshot.value ?? { module: 'contactless', phone: false };
  return module === 'contact' && !phone ? (
    <SlotDrawing label={label} shows={shows} />
  ) : (
    <TrayDrawing label={label} shows={shows} phone={phone} />
  );
}
