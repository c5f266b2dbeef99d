import { CardFront } from './card.tsx';

type ReaderDrawingProps = {
  readonly label: string;
  /** `place`: the card comes down to the tray; `lies`: it lies there; `take`: it goes up; `scan`: it is being read. */
  readonly card: 'place' | 'lies' | 'take' | 'scan';
};

/** The unit from the front: screen and camera above, the tray for the card below. */
export function ReaderDrawing({ label, card }: ReaderDrawingProps) {
  return (
    <svg class="drawing" viewBox="0 0 400 440" role="img" aria-label={label}>
      <ellipse cx="200" cy="418" rx="170" ry="14" class="ground" />
      <path d="M78 26a22 22 0 0 1 22-22h200a22 22 0 0 1 22 22v176H78z" class="unit" />
      <rect x="98" y="34" width="204" height="148" rx="8" class="unit-screen" />
      <circle cx="200" cy="19" r="5.5" class="unit-camera" />
      <g class="unit-greeting">
        <circle cx="176" cy="98" r="5" />
        <circle cx="224" cy="98" r="5" />
        <path d="M176 122q24 20 48 0" />
      </g>
      <path d="M62 200h276l44 196a16 16 0 0 1-16 20H34a16 16 0 0 1-16-20z" class="unit tray" />
      <path d="M104 240h192l10 132H94z" class="slot" />
      <g class={`moving ${card}`}>
        <g transform="translate(110 249)">
          <CardFront />
        </g>
      </g>
      {card === 'place' && <path d="M200 196v34m-15-15l15 16 15-16" class="arrow" />}
      {card === 'take' && <path d="M200 232v-38m-15 15l15-16 15 16" class="arrow" />}
      {card === 'scan' && <path d="M104 306h192" class="scan-line" />}
    </svg>
  );
}
