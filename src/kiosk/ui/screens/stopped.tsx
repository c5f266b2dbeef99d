import type { Offer } from '../../../faults/catalogue.ts';
import { isSpokenFault } from '../../voice/spoken.ts';
import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { StaffDrawing } from '../drawings/staff-drawing.tsx';
import { say } from '../link.ts';
import { Button } from '../parts/button.tsx';
import { KeypadIcon } from '../parts/icons.tsx';
import { Page } from '../parts/page.tsx';
import { StaffLine } from '../parts/staff-line.tsx';
import { FaceWay, PinWay } from '../parts/ways.tsx';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';
import { useSpoken } from '../speech/use-spoken.ts';

/** What happened, what to do next, and a way on; the code in small for whoever is asked. */
export function Stopped({ screen }: Shows<'stopped'>) {
  const t = texts.value;
  useSpoken(isSpokenFault(screen.code) ? screen.code : undefined);
  const { title, advice } = t.faults[screen.code];
  const again = screen.offers.includes('place-again');
  const picture = again ? <ReaderDrawing label={t.idle.drawing} card="place" /> : <StaffDrawing label={t.unavailable.drawing} />;
  return (
    <Page title={title} picture={picture}>
      <p>{advice}</p>
      <div class="stack">
        {screen.offers.map((offer, index) => (
          <OfferLine key={offer} offer={offer} first={index === 0} />
        ))}
      </div>
      <p class="code">{t.staffCode(screen.code)}</p>
    </Page>
  );
}

function OfferLine({ offer, first }: { offer: Offer; first: boolean }) {
  const kind = first ? 'main' : 'other';
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
    case 'staff':
      return <StaffLine />;
    case 'take-card':
      return <Button onPress={() => say({ type: 'stop' })}>{texts.value.stopped.finish}</Button>;
    case 'place-again':
      return null; // The drawing shows it; there is nothing to touch.
  }
}
