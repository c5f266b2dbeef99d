/** The card's parts without a reception, for technicians: a module and its card, or the simulator of both. */
import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ServedSimulator, SimulatorWish } from './bench/simulator/serve-simulator.ts';
import { type AttendedCard, attendCard } from './card/attended-card.ts';
import { openChannel } from './card/card-channel.ts';
import { type CardFaceReading, readCardFace } from './card/card-face-reading.ts';
import { isCodeB } from './card/front/code-b.ts';
import type { ProtocolId } from './card/module/module-link.ts';
import { protocolsOf } from './card/module/protocols.ts';
import type { LineSettings } from './card/module/serial-line.ts';
import { createSerialModule } from './card/module/serial-module.ts';
import { openSerialPort } from './card/module/serial-port-line.ts';
import { type CardStatus, readCardStatus } from './card/my-number/card-status.ts';
import { createWireMeter } from './card/wire-meter.ts';
import { systemClock } from './clock.ts';
import { failed, ok, type Result } from './faults/result.ts';

export type { ServedSimulator, SimulatorWish };

/** How a module is reached. */
export type ModuleWish = { readonly module: ProtocolId | 'auto'; readonly port: string; readonly baudRate?: number | undefined };

type PortraitWish = {
  /** 14 digits, ASCII; wiped when it has been presented. */
  readonly verificationCodeB: Uint8Array;
  /** The root's public key; absent: the certificate on the card is believed as it stands. */
  readonly root?: KeyObject | undefined;
};

export type CardReader = {
  /** The module's family and firmware. */
  readonly moduleName: string;
  readonly slotKind: string;
  readonly card: AttendedCard;
  readonly line: LineSettings | undefined;
  /** Bytes that came from the module so far. */
  readonly receivedBytes: number;
  /** Spends no try. Faults: CARD-101, CARD-104, MOD-*. */
  readStatus(signal: AbortSignal): Promise<Result<CardStatus>>;
  /** Presents 照合番号B once. Faults: CARD-101, 104, 106…108, 111, FACE-404, MOD-*. */
  readPortrait(wish: PortraitWish, signal: AbortSignal): Promise<Result<CardFaceReading>>;
  close(): Promise<void>;
};

/** Finds the module and powers on the card that lies there. Faults: CARD-101…103, MOD-*. */
export async function composeCardReader(wish: ModuleWish, signal: AbortSignal): Promise<Result<CardReader>> {
  const clock = systemClock;
  const meter = createWireMeter(openSerialPort);
  const baudRate = wish.baudRate === undefined ? {} : { baudRate: wish.baudRate };
  const protocols = protocolsOf(wish.module);
  const module = createSerialModule({ path: wish.port, openLine: meter.openLine, clock, protocols, ...baudRate });
  const card = await attendCard(module, clock, signal);
  if (!card.ok) {
    await module.close();
    return card;
  }
  const { slot } = card.value;
  return ok({
    moduleName: module.name,
    slotKind: module.slots[slot]?.kind ?? '',
    card: card.value,
    get line() {
      return meter.settings;
    },
    get receivedBytes() {
      return meter.passed.receivedBytes;
    },
    readStatus: (until) => readCardStatus(openChannel(module, slot, until)),
    readPortrait({ verificationCodeB: codeB, root }, until) {
      const trust = { cvKeys: root ? [root] : ('any-root' as const), random: randomBytes };
      return readCardFace({ module, slot, meter, clock, codeB, trust }, until);
    },
    async close() {
      await card.value.letGo();
      await module.close();
    },
  });
}

/** 照合番号B as ASCII, to be wiped by the caller. Faults: SYS-902 when these digits cannot be it. */
export function readVerificationCodeB(digits: string): Result<Uint8Array> {
  const code = Uint8Array.from(Buffer.from(digits, 'latin1'));
  if (isCodeB(code, systemClock.wall())) return ok(code);
  const form = 'birth as YYMMDD with the year of the era, expiry year, security code';
  return failed('SYS-902', `these are not 14 digits that can be 照合番号B: ${form}. Nothing was presented.`);
}

/** The public key in a PEM file, or that of a certificate. Faults: SYS-902. */
export function readRootKey(path: string): Result<KeyObject> {
  let pem: Buffer;
  try {
    pem = readFileSync(path);
  } catch (error) {
    return failed('SYS-902', `--trust: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return ok(createPublicKey(pem));
  } catch {
    return failed('SYS-902', `--trust: ${path} holds no public key or certificate in PEM ("-----BEGIN …")`);
  }
}

/** The simulated module with a simulated card. Faults: see `serveSimulator`. */
export async function composeSimulator(wish: SimulatorWish): Promise<Result<ServedSimulator>> {
  const [{ serveSimulator }, { createPreciseClock }] = await Promise.all([
    import('./bench/simulator/serve-simulator.ts'),
    import('./bench/simulator/precise-clock.ts'),
  ]);
  return serveSimulator(wish, createPreciseClock(systemClock));
}

export type SimulatorCatalogue = {
  readonly personas: readonly {
    readonly id: string;
    readonly title: { readonly ja: string; readonly en: string };
    readonly kind: string;
  }[];
  /** One line a kind of fault. */
  readonly faults: readonly string[];
};

/** What the simulator can be asked for. */
export async function simulatorCatalogue(): Promise<SimulatorCatalogue> {
  const [{ personas }, { faultHelp }] = await Promise.all([
    import('./bench/personas.ts'),
    import('./bench/simulator/fault-words.ts'),
  ]);
  return { personas: personas.map(({ id, title, kind }) => ({ id, title, kind })), faults: faultHelp };
}
