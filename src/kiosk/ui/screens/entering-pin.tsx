import { snapshot } from '../link.ts';
import { Page } from '../parts/page.tsx';
import { PinPad } from '../parts/pin-pad.tsx';
import { FaceWay, StaffWay, StopWay } from '../parts/ways.tsx';
import { digitsInOrder, texts, turnDigits } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

const PIN_DIGITS = 4;

export function EnteringPin({ screen }: Shows<'entering-pin'>) {
  const t = texts.value;
  const which = snapshot.value?.phone ? t.pin.whichPhone : t.pin.which;
  const places = Array.from({ length: PIN_DIGITS }, (_, place) => place < screen.digits);
  return (
    <Page title={t.pin.title} side={<PadSide complete={screen.digits === PIN_DIGITS} />}>
      {screen.rejected ? <p class="notice">{t.pin.rejected}</p> : <p class="note">{which}</p>}
      <div class="entered" role="status">
        <span class="dots" aria-hidden="true">
          {places.map((filled, place) => (
            <i key={String(place)} class={filled ? 'filled' : ''} />
          ))}
        </span>
        <span>{t.pin.entered(screen.digits, PIN_DIGITS)}</span>
        <strong class="tries">{t.pin.triesLeft(screen.triesLeft)}</strong>
      </div>
      <div class="stack">
        {screen.face === 'open' && <FaceWay />}
        {screen.visual && <StaffWay kind="quiet" />}
        <StopWay />
      </div>
    </Page>
  );
}

function PadSide({ complete }: { complete: boolean }) {
  const t = texts.value.pin;
  return (
    <>
      <PinPad complete={complete} />
      <button type="button" class="order" onClick={turnDigits}>
        {digitsInOrder.value ? t.scrambled : t.inOrder}
      </button>
    </>
  );
}
