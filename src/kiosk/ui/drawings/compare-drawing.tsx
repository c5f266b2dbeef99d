/** A person's face beside the photo on their card, and the look that goes from one to the other. */
export function CompareDrawing({ label }: { label: string }) {
  return (
    <svg class="compare-drawing" viewBox="0 0 420 130" role="img" aria-label={label}>
      <g transform="translate(10 8)">
        <path d="M0 120c4-26 24-38 52-38s48 12 52 38z" class="look-shirt" />
        <ellipse cx="52" cy="48" rx="30" ry="36" class="staff-face" />
        <path d="M21 46C20 18 34 6 52 6s32 12 31 40c-4-12-13-19-31-19s-27 7-31 19z" class="staff-hair" />
        <path d="M42 46v3M62 46v3M44 62q8 6 16 0" class="staff-smile" />
      </g>
      <path d="M134 66h50m-12-11l12 11-12 11M146 55l-12 11 12 11" class="compare-look" />
      <g transform="translate(206 6)">
        <rect width="190" height="118" rx="9" class="card-body" />
        <rect x="12" y="12" width="78" height="94" rx="5" class="card-photo" />
        <path d="M18 106c3-20 14-29 33-29s30 9 33 29z" class="look-shirt" />
        <ellipse cx="51" cy="52" rx="21" ry="26" class="staff-face" />
        <path d="M29 51c-1-20 9-29 22-29s23 9 22 29c-3-9-9-14-22-14s-19 5-22 14z" class="staff-hair" />
        <g class="card-print">
          <rect x="104" y="22" width="70" height="8" rx="4" />
          <rect x="104" y="42" width="56" height="7" rx="3.5" />
          <rect x="104" y="60" width="70" height="7" rx="3.5" />
        </g>
      </g>
    </svg>
  );
}
