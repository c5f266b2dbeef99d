/** A card that slips out of its case. The words beside it say the same. */
export function CaseDrawing() {
  return (
    <svg class="case-drawing" viewBox="0 0 150 80" aria-hidden="true">
      <g class="slipping">
        <rect x="34" y="14" width="82" height="52" rx="5" class="card-body" />
        <rect x="78" y="22" width="26" height="34" rx="3" class="card-photo" />
        <circle cx="91" cy="34" r="6" class="card-person" />
        <path d="M81 56c0-8 4-12 10-12s10 4 10 12z" class="card-person" />
      </g>
      <path d="M8 8h58v64H8z" class="case-cover" />
      <path d="M122 40h22m-9-10l9 10-9 10" class="arrow" />
    </svg>
  );
}
