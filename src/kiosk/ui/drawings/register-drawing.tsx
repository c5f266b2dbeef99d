import { CardFront } from './card.tsx';

/** The card and the insurance card become one. */
export function RegisterDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="200" r="150" class="halo" />
      <g transform="translate(60 72)">
        <CardFront />
      </g>
      <g transform="translate(168 222)">
        <rect width="180" height="113" rx="9" class="insurance" />
        <path d="M34 28v44M12 50h44" transform="translate(8 6)" class="insurance-cross" />
        <g class="card-print">
          <rect x="84" y="32" width="76" height="8" rx="4" />
          <rect x="84" y="52" width="60" height="7" rx="3.5" />
          <rect x="84" y="70" width="76" height="7" rx="3.5" />
        </g>
      </g>
      <path d="M128 208v56h28m-14-14l14 14-14 14" class="arrow" />
    </svg>
  );
}
