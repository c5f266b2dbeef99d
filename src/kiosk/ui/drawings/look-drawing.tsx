/** A face inside the oval, towards the light. */
export function LookDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="200" r="150" class="halo" />
      <path d="M98 320c0-52 40-78 102-78s102 26 102 78q-46 30-102 30T98 320z" class="look-shirt" />
      <ellipse cx="200" cy="184" rx="62" ry="74" class="staff-face" />
      <path d="M138 176c-2-52 28-78 62-78s64 26 62 78c-10-30-26-44-42-48-22 18-58 16-82 48z" class="staff-hair" />
      <g class="staff-smile">
        <path d="M176 186v4M224 186v4M182 218q18 14 36 0" />
      </g>
      <ellipse cx="200" cy="188" rx="92" ry="112" class="look-oval" />
      <g class="look-light">
        <circle cx="344" cy="66" r="20" />
        <path d="M344 30v-14M344 116v-14M308 66h-14M394 66h-14M318 40l-10-10M370 40l10-10M318 92l-10 10M370 92l10 10" />
      </g>
    </svg>
  );
}
