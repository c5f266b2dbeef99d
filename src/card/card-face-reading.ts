/** The card face read once, with what it cost on the line: for technicians and benchmarks. */
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import { openChannel } from './card-channel.ts';
import { PresentedCodes } from './code-b-policy.ts';
import type { CardModule } from './module/card-module.ts';
import type { Trust } from './my-number/authenticity.ts';
import { openCardFace, readCheckedPictures } from './my-number/card-face.ts';
import { wipe } from './secret-bytes.ts';
import type { WireMeter } from './wire-meter.ts';

export type CardFaceReading = {
  /** JPEG 2000, to be wiped by the caller. */
  readonly portraitJp2: Uint8Array;
  /** Command APDUs from the first SELECT to the card's own signature. */
  readonly commands: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** What these bytes take at the line's rate; see `WireMeter`. */
  readonly wireMs: number;
  /** From the first byte of the first command to the checked portrait. */
  readonly totalMs: number;
};

export type ReadingOptions = {
  readonly module: CardModule;
  readonly slot: number;
  readonly meter: WireMeter;
  readonly clock: Clock;
  /** 14 digits, ASCII; wiped here. */
  readonly codeB: Uint8Array;
  readonly trust: Trust;
};

/** Presents 照合番号B once, reads and checks. Faults: CARD-101, CARD-104, CARD-106…108, CARD-111, FACE-404, MOD-*. */
export async function readCardFace(options: ReadingOptions, signal: AbortSignal): Promise<Result<CardFaceReading>> {
  const { module, slot, meter, clock, codeB } = options;
  let commands = 0;
  const counted: Pick<CardModule, 'slots' | 'transmit'> = {
    slots: module.slots,
    transmit(...call) {
      commands++;
      return module.transmit(...call);
    },
  };
  const channel = openChannel(counted, slot, signal);
  const before = meter.passed;
  const startMs = clock.now();
  const presented = new PresentedCodes();
  const opened = await openCardFace(channel, codeB, presented);
  wipe(codeB);
  presented.forget();
  if (!opened.ok) return opened;
  const pictures = await readCheckedPictures(channel, options.trust);
  if (!pictures.ok) return pictures;
  wipe(pictures.value.name);
  const totalMs = clock.now() - startMs;
  const after = meter.passed;
  return ok({
    portraitJp2: pictures.value.portrait,
    commands,
    sentBytes: after.sentBytes - before.sentBytes,
    receivedBytes: after.receivedBytes - before.receivedBytes,
    wireMs: after.wireMs - before.wireMs,
    totalMs,
  });
}
