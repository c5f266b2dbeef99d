import type { Offer } from '../../../faults/catalogue.ts';
import { say } from '../link.ts';
import { texts } from '../preferences.ts';
import { Button } from './button.tsx';
import { KeypadIcon } from './icons.tsx';
import { StaffLine } from './staff-line.tsx';
import { FaceWay, PinWay, StaffWay } from './ways.tsx';

/** What can be done next at a fault, in the order of the catalogue; the first is what helps most people. */
export function Offered({ offers }: { offers: readonly Offer[] }) {
  // The way to staff on the screen says already that they can be asked.
  const shown = offers.filter((offer) => offer !== 'staff' || !offers.includes('visual'));
  return (
    <div class="stack">
      {shown.map((offer, index) => (
        <OfferLine key={offer} offer={offer} kind={index === 0 ? 'main' : 'other'} />
      ))}
    </div>
  );
}

function OfferLine({ offer, kind }: { offer: Offer; kind: 'main' | 'other' }) {
  switch (offer) {
    case 'face':
      return <FaceWay kind={kind} />;
    case 'pin':
      return <PinWay kind={kind} />;
    case 'type-code':
      return (
        <Button kind={kind} onPress={() => say({ type: 'type-code' })}>
          <KeypadIcon />
          {texts.value.code.type}
        </Button>
      );
    case 'visual':
      return <StaffWay kind={kind} />;
    case 'staff':
      return <StaffLine />;
    case 'take-card':
      return (
        <Button kind="quiet" onPress={() => say({ type: 'stop' })}>
          {texts.value.finish}
        </Button>
      );
    case 'place-again':
      return null; // The drawing shows it; there is nothing to touch.
  }
}
