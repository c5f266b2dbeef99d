/** The first look at a card: whose kind it is, what its PIN's counter says, and whether it has a portrait. No PIN try is spent. */
import { type Clock, deadline } from '../clock.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { japanDay } from '../reception/japan-day.ts';
import type { CardSurvey, PinStatus } from '../reception/ports.ts';
import type { CardChannel } from './card-channel.ts';
import { selectCardFace } from './my-number/card-face.ts';
import { hasCertificate, hasSignatureCertificate, readPinStatus, readTokenLabel, selectJpki } from './my-number/jpki.ts';
import { pinWasNeverSet } from './my-number/never-set-pin.ts';
import { endsAsASmallChilds, hasPortrait } from './my-number/portrait-there.ts';
import { carrierOf } from './my-number/token-kind.ts';

export type SurveyWork = {
  readonly channel: CardChannel;
  readonly clock: Clock;
  readonly until: AbortSignal;
  /** Opens the card face with what is printed on the card, as long as `looking` lasts. */
  readonly openFace: (looking: AbortSignal) => Promise<Result<void>>;
};

/** Nobody waits longer for the choice because a front cannot be read. */
const LOOKING_MS = 2_000;

/** Faults: CARD-101…105, MOD-*. */
export async function surveyCard(work: SurveyWork): Promise<Result<CardSurvey>> {
  const { channel } = work;
  const ours = await selectJpki(channel);
  if (!ours.ok) return ours;
  if (!ours.value) return failed('CARD-103');
  const label = await readTokenLabel(channel);
  if (!label.ok) return label;
  const carrier = carrierOf(label.value);
  const pin = await readPinStatus(channel);
  if (!pin.ok) return pin;
  const certificate = await hasCertificate(channel);
  if (!certificate.ok) return certificate;
  if (!certificate.value) return failed('CARD-105');
  if (carrier !== 'card') return ok({ pin: pin.value, portrait: false, carrier });
  const signs = await hasSignatureCertificate(channel);
  if (!signs.ok) return signs;
  const told = signs.value ? ok(pin.value) : await whyBlocked(channel, pin.value);
  if (!told.ok) return told;
  const portrait = signs.value ? await selectCardFace(channel) : await portraitThere(work);
  return portrait.ok ? ok({ pin: told.value, portrait: portrait.value, carrier }) : portrait;
}

async function whyBlocked(channel: CardChannel, pin: PinStatus): Promise<Result<PinStatus>> {
  if (pin.at !== 'locked') return ok(pin);
  const never = await pinWasNeverSet(channel);
  return never.ok ? ok(never.value ? { at: 'absent' } : pin) : never;
}

/** Ways that the card face was not opened, and nothing is known: the face way finds out and says why. */
const unopened: readonly FaultCode[] = ['CARD-104', 'CARD-106', 'CARD-107', 'CARD-108', 'CARD-111'];

/** Leaves the card face selected and closed again. */
async function portraitThere({ channel, clock, until, openFace }: SurveyWork): Promise<Result<boolean>> {
  const mayBe = await endsAsASmallChilds(channel, japanDay(clock.wall()));
  const there = mayBe.ok ? await selectCardFace(channel) : mayBe;
  if (!there.ok || !there.value || !mayBe.ok || !mayBe.value) return there;
  const looking = deadline(clock, LOOKING_MS, until);
  const opened = await openFace(looking.signal);
  looking.done();
  if (!opened.ok) return unopened.includes(opened.fault.code) ? ok(true) : opened;
  const portrait = await hasPortrait(channel);
  if (!portrait.ok) return portrait;
  const closed = await selectCardFace(channel);
  return closed.ok ? portrait : closed;
}
