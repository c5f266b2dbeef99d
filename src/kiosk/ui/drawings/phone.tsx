/** A phone as it lies on the tray: across, as wide as a card (180 × 113). */
export function Phone() {
  return (
    <g>
      <rect width="180" height="104" rx="16" class="phone-body" />
      <rect x="14" y="10" width="146" height="84" rx="5" class="phone-screen" />
      <g class="phone-waves">
        <path d="M96 40q12 12 0 24M112 30q22 22 0 44M80 48q5 4 0 8" />
      </g>
      <path d="M170 42v20" class="phone-bar" />
    </g>
  );
}
