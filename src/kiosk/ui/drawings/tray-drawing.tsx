import { CardFront } from './card.tsx';
import type { Handling } from './handling.ts';
import { Phone } from './phone.tsx';
import { UnitHead } from './unit-head.tsx';

type TrayDrawingProps = { readonly label: string; readonly shows: Handling; readonly phone: boolean };

/** A contactless module: the card, or a phone, is laid on the tray below the screen. */
export function TrayDrawing({ label, shows, phone }: TrayDrawingProps) {
  return (
    <svg class="drawing" viewBox="0 0 400 440" role="img" aria-label={label}>
      <ellipse cx="200" cy="418" rx="170" ry="14" class="ground" />
      <UnitHead />
      <path d="M62 200h276l44 196a16 16 0 0 1-16 20H34a16 16 0 0 1-16-20z" class="unit tray" />
      <path d="M104 240h192l10 132H94z" class="slot" />
      <g class={`moving ${shows}`}>
        <g transform="translate(110 249)">{phone ? <Phone /> : <CardFront />}</g>
      </g>
      {shows === 'place' && <path d="M200 196v34m-15-15l15 16 15-16" class="arrow" />}
      {shows === 'take' && <path d="M200 232v-38m-15 15l15-16 15 16" class="arrow" />}
      {shows === 'scan' && <path d="M104 306h192" class="scan-line" />}
    </svg>
  );
}
