/** From the side: somebody who stands and somebody in a wheelchair both look at the camera above the screen. */
export function SeenDrawing({ label }: { label: string }) {
  return (
    <svg class="drawing" viewBox="0 0 400 400" role="img" aria-label={label}>
      <circle cx="200" cy="200" r="150" class="halo" />
      <path d="M282 262h106v92H282z" class="staff-desk" />
      <path d="M330 262l-24-96 22-6 30 102z" class="unit" />
      <circle cx="312" cy="160" r="7" class="unit-camera" />
      <path d="M178 116l118 38" class="sight" />
      <path d="M158 226l140-58" class="sight" />
      <g>
        <path d="M118 356V216c0-34 16-52 38-52s36 18 36 52v140z" class="standing" />
        <ellipse cx="156" cy="118" rx="28" ry="33" class="staff-face" />
        <path d="M127 120c-6-34 14-46 34-44 16 1 24 10 25 18-18-2-30 2-36 12-2 12-10 16-23 14z" class="staff-hair" />
      </g>
      <g>
        <path d="M84 356v-62c0-28 18-42 42-42s40 14 40 42v30h34v32z" class="look-shirt" />
        <ellipse cx="132" cy="226" rx="27" ry="31" class="staff-face" />
        <path d="M104 230c-6-34 12-46 32-44 16 1 24 10 24 18-16-2-28 2-34 12-2 12-10 16-22 14z" class="staff-hair" />
        <circle cx="116" cy="338" r="40" class="wheel" />
        <path d="M74 268v40h52M126 308l46 42h22" class="wheel" />
      </g>
    </svg>
  );
}
