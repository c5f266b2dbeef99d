/** A member of staff at the desk, ready to help; never a warning sign: the patient did nothing wrong. */
export function StaffDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="190" r="150" class="halo help" />
      <path d="M112 318c0-64 34-96 88-96s88 32 88 96z" class="staff-coat" />
      <path d="M176 226l24 34 24-34" class="staff-collar" />
      <circle cx="200" cy="162" r="54" class="staff-face" />
      <path d="M144 160c0-44 26-66 56-66s56 22 56 66c-18-4-30-14-38-30-16 18-42 28-74 30z" class="staff-hair" />
      <g class="staff-smile">
        <path d="M180 168v3M220 168v3M184 190q16 13 32 0" />
      </g>
      <rect x="66" y="300" width="268" height="46" rx="10" class="staff-desk" />
      <path
        d="M272 82h70a12 12 0 0 1 12 12v38a12 12 0 0 1-12 12h-34l-20 20v-20h-16a12 12 0 0 1-12-12V94a12 12 0 0 1 12-12z"
        class="staff-speech"
      />
      <path d="M285 113h.1M307 113h.1M329 113h.1" class="staff-dots" />
    </svg>
  );
}
