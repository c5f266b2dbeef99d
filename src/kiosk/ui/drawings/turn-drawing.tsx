/** Which way the head is to turn: the person's own left or right, drawn as a mirror shows it. */
export type Turn = 'left' | 'right';

/** A head that turns from straight ahead to one side. The words beside it say the same. */
export function TurnDrawing({ to }: { to: Turn }) {
  return (
    <svg class={`turn-drawing ${to}`} viewBox="0 0 120 120" aria-hidden="true">
      <path d="M14 118c4-22 22-32 46-32s42 10 46 32z" class="look-shirt" />
      <rect x="48" y="72" width="24" height="24" class="turn-neck" />
      <ellipse cx="60" cy="50" rx="32" ry="38" class="staff-face" />
      <g class="turn-features">
        <path d="M47 44v5M73 44v5M60 50v10M50 70q10 7 20 0" />
      </g>
      <path d="M27 48C26 20 42 9 60 9s34 11 33 39c-4-12-14-19-33-19s-29 7-33 19z" class="staff-hair" />
    </svg>
  );
}

/** A large arrow at that side of the camera's picture. */
export function TurnArrow({ to }: { to: Turn }) {
  return (
    <svg class={`turn-arrow ${to}`} viewBox="0 0 100 120" aria-hidden="true">
      <path d="M96 40H50V12L6 60l44 48V80h46z" />
    </svg>
  );
}
