import { adviceFor } from '../../../faults/advice.ts';
import { catalogue, type Offer } from '../../../faults/catalogue.ts';
import { ReaderDrawing } from '../drawings/reader-drawing.tsx';
import { StaffDrawing } from '../drawings/staff-drawing.tsx';
import { Offered } from '../parts/offered.tsx';
import { Page } from '../parts/page.tsx';
import { Papers } from '../parts/papers.tsx';
import { adviceWords, placeWords } from '../parts/place-words.ts';
import { texts } from '../preferences.ts';
import type { Shows } from '../screen-of.ts';

/** The ways that can still end well at this reader. */
const goingOn: readonly Offer[] = ['face', 'pin', 'type-code', 'visual', 'place-again'];
const canGoOn = (offer: Offer) => goingOn.includes(offer);

/** What happened, what to do next, where it is mended, and a way on; the code in small for whoever is asked. */
export function Stopped({ screen }: Shows<'stopped'>) {
  const t = texts.value;
  const { code, offers } = screen;
  const { title } = t.faults[code];
  const { mend } = adviceFor(code);
  const shutOut = catalogue[code].offers.some(canGoOn) && !offers.some(canGoOn);
  return (
    <Page title={title} picture={<StoppedPicture {...screen} />}>
      <p>{shutOut ? t.noWay : adviceWords(code)}</p>
      {mend && <p class="note">{t.mend[mend]}</p>}
      <Offered offers={offers} />
      <p class="code">{t.staffCode(code)}</p>
    </Page>
  );
}

function StoppedPicture({ code, offers }: Pick<Shows<'stopped'>['screen'], 'code' | 'offers'>) {
  const t = texts.value;
  if (!offers.some(canGoOn) && code !== 'TIME-802') return <Papers show={adviceFor(code).show} />;
  if (offers.includes('place-again')) return <ReaderDrawing label={placeWords().drawing} shows="place" />;
  return <StaffDrawing label={t.unavailable.drawing} />;
}
