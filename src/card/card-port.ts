/**
 * The card as a reception asks for it, in whichever slot of a card module it lies. Whatever is asked of a card ends
 * with that card: when it leaves, what is under way ends in CARD-101 and nothing of it goes on with the next card.
 */
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { failed, type Result } from '../faults/result.ts';
import type { CardPort, HolderProof } from '../reception/ports.ts';
import { type CardChannel, openChannel } from './card-channel.ts';
import { followCard, type Placing } from './card-place.ts';
import type { CardFront } from './front/card-front.ts';
import { isCodeB } from './front/code-b.ts';
import { letGo } from './let-go.ts';
import type { CardModule } from './module/card-module.ts';
import { openCardFace, readCheckedName, readCheckedPictures } from './my-number/card-face.ts';
import { proveHolder, selectJpki } from './my-number/jpki.ts';
import { verifyPinOnce } from './pin-policy.ts';
import { relayCommands } from './relay.ts';
import { wipe } from './secret-bytes.ts';
import { surveyCard } from './survey.ts';

export type CardPortOptions = {
  readonly module: CardModule;
  /** Where 照合番号B comes from. */
  readonly front: CardFront;
  readonly clock: Clock;
  readonly random: (length: number) => Uint8Array;
  /** Roots that may have certified the signer of a card face. */
  readonly trustedCvKeys: readonly KeyObject[];
};

export function createCardPort(options: CardPortOptions): CardPort {
  const { module, front, clock, random, trustedCvKeys } = options;
  const place = followCard(module);

  /** Runs `work` with a channel that ends with the caller's signal and with the card; `wipeValue` gets what came too late. */
  async function withCard<T>(
    signal: AbortSignal,
    work: (channel: CardChannel, here: Placing, until: AbortSignal) => Promise<Result<T>>,
    wipeValue: (value: T) => void = () => {},
  ): Promise<Result<T>> {
    const { here } = place;
    const until = AbortSignal.any([signal, here.gone.signal]);
    const result = await work(openChannel(module, here.slot, until), here, until);
    if (!here.gone.signal.aborted || (!result.ok && result.fault.code.startsWith('MOD-'))) return result;
    if (result.ok) wipeValue(result.value);
    return failed('CARD-101');
  }

  async function openFace(channel: CardChannel, here: Placing, until: AbortSignal, typed?: Uint8Array): Promise<Result<void>> {
    const { presentedCodes } = here;
    const more = presentedCodes.mayPresentMore();
    if (!more.ok) return more;
    if (typed) {
      return isCodeB(typed, clock.wall())
        ? openCardFace(channel, typed, presentedCodes)
        : failed('CARD-108', 'what was typed cannot be 照合番号B');
    }
    const read = await front.readCode(until);
    if (!read.ok) return read;
    try {
      return await openCardFace(channel, read.value, presentedCodes);
    } finally {
      wipe(read.value);
    }
  }

  return {
    watch: place.watch,
    survey: (signal) =>
      withCard(signal, async (channel, here, until) => {
        here.pinVerified = false;
        const powered = await module.powerOn(here.slot, until);
        const looked = powered.ok
          ? await surveyCard({ channel, clock, until, openFace: (looking) => openFace(channel, here, looking) })
          : powered;
        here.carrier = looked.ok ? looked.value.carrier : undefined;
        return looked;
      }),
    readPortrait: (signal, typedCodeB) =>
      withCard(
        signal,
        async (channel, here, until) => {
          here.pinVerified = false;
          const opened = await openFace(channel, here, until, typedCodeB);
          return opened.ok ? readCheckedPictures(channel, { cvKeys: trustedCvKeys, random }) : opened;
        },
        ({ portrait, name }) => wipe(portrait, name),
      ),
    readName: (signal) =>
      withCard(
        signal,
        async (channel, here, until) => {
          here.pinVerified = false;
          // The card may have been let go of.
          const powered = await module.powerOn(here.slot, until);
          const opened = powered.ok ? await openFace(channel, here, until) : powered;
          return opened.ok ? readCheckedName(channel, { cvKeys: trustedCvKeys, random }) : opened;
        },
        wipe,
      ),
    verifyPin: (pin, knownTriesLeft, signal) =>
      withCard(signal, async (channel, here) => {
        here.pinVerified = false;
        const verdict = await pin.spend((ascii) => verifyPinOnce(channel, ascii, knownTriesLeft));
        here.pinVerified = verdict.ok && verdict.value.at === 'right';
        return verdict;
      }),
    prove: (challenge, signal) =>
      withCard(signal, async (channel, here) => {
        if (here.pinVerified) return proveHolder(channel, challenge);
        return here.carrier === 'iphone' ? proveAskedHolder(channel, challenge) : failed('CARD-110', 'no right PIN came before');
      }),
    relay: (commands, signal) =>
      withCard(signal, (_channel, here, until) => {
        here.pinVerified = false;
        return relayCommands(module, here.slot, commands, until);
      }),
    async release() {
      const { here, occupied } = place;
      here.pinVerified = false;
      here.carrier = undefined;
      // In the slot of one that has left another may lie, and be at work already.
      if (occupied) await letGo(module, here, clock);
    },
  };
}

/** The phone has asked its owner before it showed itself here, and signs without a PIN as long as it lies here (inferred). */
async function proveAskedHolder(channel: CardChannel, challenge: Uint8Array): Promise<Result<HolderProof>> {
  const ours = await selectJpki(channel);
  if (!ours.ok) return ours;
  return ours.value ? proveHolder(channel, challenge) : failed('CARD-104', 'JPKI cannot be selected any more');
}
