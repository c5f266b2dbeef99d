/** The upper part of the unit: the screen with a friendly face, the camera above it. 400 wide, down to 202. */
export function UnitHead() {
  return (
    <>
      <path d="M78 26a22 22 0 0 1 22-22h200a22 22 0 0 1 22 22v176H78z" class="unit" />
      <rect x="98" y="34" width="204" height="148" rx="8" class="unit-screen" />
      <circle cx="200" cy="19" r="5.5" class="unit-camera" />
      <g class="unit-greeting">
        <circle cx="176" cy="98" r="5" />
        <circle cx="224" cy="98" r="5" />
        <path d="M176 122q24 20 48 0" />
      </g>
    </>
  );
}
