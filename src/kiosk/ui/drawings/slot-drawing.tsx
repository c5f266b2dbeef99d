import { CardFront } from './card.tsx';
import type { Handling } from './handling.ts';
import { UnitHead } from './unit-head.tsx';

/**
 * A contact module: the card goes into the slot below the screen, photo side up. The contacts are on its back, beside
 * the edge that is away from the photo (ISO 7816-2 gives their place): that edge goes in first.
 */
export function SlotDrawing({ label, shows }: { readonly label: string; readonly shows: Handling }) {
  return (
    <svg class="drawing" viewBox="0 0 400 440" role="img" aria-label={label}>
      <ellipse cx="200" cy="418" rx="170" ry="14" class="ground" />
      <UnitHead />
      <path d="M62 200h276l14 64a12 12 0 0 1-12 14H60a12 12 0 0 1-12-14z" class="unit tray" />
      <path d="M128 252h144" class="slot-mouth" />
      <clipPath id="below-the-slot">
        <path d="M0 252h400v188H0z" />
      </clipPath>
      <g clip-path="url(#below-the-slot)">
        <g class={`moving ${shows}-slot`}>
          <g transform="translate(143.5 376) rotate(-90)">
            <CardFront />
          </g>
        </g>
      </g>
      {shows === 'place' && <path d="M308 372v-60m-17 18l17-19 17 19" class="arrow" />}
      {shows === 'take' && <path d="M308 312v60m-17-18l17 19 17-19" class="arrow" />}
      {shows === 'scan' && <path d="M112 264h176" class="scan-line still" />}
    </svg>
  );
}
