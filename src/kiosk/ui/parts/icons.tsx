import type { ComponentChildren } from 'preact';

/** Small signs beside words; the words say everything, so the signs are hidden from screen readers. */
function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 48 48"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="3.4"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {children}
    </svg>
  );
}

export const FaceIcon = () => (
  <Icon>
    <path d="M5 15V9a4 4 0 0 1 4-4h6M33 5h6a4 4 0 0 1 4 4v6M43 33v6a4 4 0 0 1-4 4h-6M15 43H9a4 4 0 0 1-4-4v-6" />
    <ellipse cx="24" cy="24" rx="10" ry="12" />
    <path d="M20.4 21.5v.6M27.6 21.5v.6M20.5 28.4c2 2 5 2 7 0" />
  </Icon>
);

export const KeypadIcon = () => (
  <Icon>
    <rect x="9" y="4" width="30" height="40" rx="5" />
    <path d="M17 13h.1M24 13h.1M31 13h.1M17 21.5h.1M24 21.5h.1M31 21.5h.1M17 30h.1M24 30h.1M31 30h.1M24 38h.1" stroke-width="5" />
  </Icon>
);

export const StaffIcon = () => (
  <Icon>
    <circle cx="18" cy="15" r="8" />
    <path d="M4 42c0-9 6-14 14-14s14 5 14 14" />
    <path d="M31 6h11a2.5 2.5 0 0 1 2.5 2.500v8a2.5 2.5 0 0 1-2.5 2.500h-4l-4 4v-4" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path d="M10 25l9 10 19-22" stroke-width="5" />
  </Icon>
);

export const CrossIcon = () => (
  <Icon>
    <path d="M13 13l22 22M35 13L13 35" stroke-width="4.5" />
  </Icon>
);

export const EraseIcon = () => (
  <Icon>
    <path d="M17 10h24a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H17L4 24z" />
    <path d="M24 19l10 10M34 19L24 29" />
  </Icon>
);

export const SpeakerIcon = ({ on }: { on: boolean }) => (
  <Icon>
    <path d="M6 18v12h8l12 9V9l-12 9z" />
    {on ? <path d="M33 17q5 7 0 14M39 11q10 13 0 26" /> : <path d="M33 18l12 12M45 18L33 30" />}
  </Icon>
);

export const GlobeIcon = () => (
  <Icon>
    <circle cx="24" cy="24" r="19" />
    <path d="M5 24h38M24 5c-13 12-13 26 0 38M24 5c13 12 13 26 0 38" />
  </Icon>
);

export const SheetIcon = () => (
  <Icon>
    <path d="M10 4h20l9 9v31H10zM30 4v9h9" />
    <path d="M17 22h15M17 29h15M17 36h9" />
  </Icon>
);

export const PhoneIcon = () => (
  <Icon>
    <rect x="13" y="3" width="22" height="42" rx="4" />
    <path d="M19 14h10M19 21h10M22 38h4" />
  </Icon>
);

export const CertificateIcon = () => (
  <Icon>
    <rect x="4" y="10" width="40" height="28" rx="4" />
    <path d="M11 19h14M11 26h8M28 28l4 4 7-9" />
  </Icon>
);

export const WriteIcon = () => (
  <Icon>
    <path d="M36 26v18H8V6h18" />
    <path d="M20 29l2-8L37 6l6 6-15 15z" />
  </Icon>
);

export const PaperIcon = () => (
  <Icon>
    <path d="M8 4h32v40l-5-4-5.500 4-5.500-4-5.500 4-5.500-4-5 4z" />
    <path d="M16 14h16M16 22h16M16 30h9" />
  </Icon>
);
