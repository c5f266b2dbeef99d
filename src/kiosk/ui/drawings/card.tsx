/** A card's front as a patient knows it: the photo at the left, lines of print. 180 × 113, as ID-1 is shaped. */
export function CardFront() {
  return (
    <g class="card-front">
      <rect width="180" height="113" rx="9" class="card-body" />
      <path d="M0 78q48-30 92-8t88-22v56a9 9 0 0 1-9 9H9a9 9 0 0 1-9-9z" class="card-wave" />
      <rect x="12" y="10" width="92" height="7" rx="3.5" class="card-print" />
      <g transform="translate(12 26)">
        <rect width="50" height="62" rx="4" class="card-photo" />
        <circle cx="25" cy="24" r="11" class="card-person" />
        <path d="M5 62c0-15 8-22 20-22s20 7 20 22z" class="card-person" />
      </g>
      <g class="card-print">
        <rect x="72" y="30" width="78" height="7" rx="3.5" />
        <rect x="72" y="45" width="92" height="6" rx="3" />
        <rect x="72" y="58" width="64" height="6" rx="3" />
        <rect x="72" y="80" width="50" height="6" rx="3" />
      </g>
    </g>
  );
}
