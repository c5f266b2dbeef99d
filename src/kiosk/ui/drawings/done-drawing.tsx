export function DoneDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="190" r="150" class="halo done" />
      <circle cx="200" cy="190" r="104" class="done-disc" />
      <path d="M152 194l34 36 64-76" class="done-tick" />
      <g class="done-sparks">
        <path d="M60 84l18 16M340 84l-18 16M46 214h24M330 214h24M92 326l16-18M308 326l-16-18" />
      </g>
    </svg>
  );
}
