/** Three dots that breathe one after the other around a shield; still where motion is not wanted. */
export function WaitingDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="190" r="150" class="halo" />
      <path d="M200 92l78 28v60c0 56-34 92-78 112-44-20-78-56-78-112v-60z" class="shield" />
      <g class="breathing">
        <circle cx="160" cy="188" r="13" />
        <circle cx="200" cy="188" r="13" />
        <circle cx="240" cy="188" r="13" />
      </g>
    </svg>
  );
}
