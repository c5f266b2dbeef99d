/** Reads what the ring's wire says, by the times of a WS2812B: as the pixels do, from driven levels alone. */
import type { Pin } from '../../../../hardware/pinout.ts';
import type { Controller } from './controller.ts';

export type Pixel = { readonly red: number; readonly green: number; readonly blue: number };

/** Highs in nanoseconds (WS2812B data sheet, ±150 ns). */
const zero = { least: 250, most: 550 };
const one = { least: 650, most: 950 };
/** A pixel has seen the end when the wire is low for so long. */
const SHOWN_AFTER_NS = 50_000;
/** What a bit may take in all, low included, before early pixels take it for the end. */
const LONGEST_LOW_NS = 5_000;

export type PixelDecoder = {
  /** What the pixels show; undefined before the first whole picture. */
  shown(): readonly Pixel[] | undefined;
  /** Pictures shown since the start. */
  pictures(): number;
  /** What no pixel could have read: a wrong time, an undriven wire, a broken picture. */
  faults(): readonly string[];
};

export function decodePixels({ cpu, clockHz, onChange }: Controller, wire: Pin, count: number): PixelDecoder {
  const faults: string[] = [];
  const nsSince = (cycle: number) => ((cpu.cycles - cycle) * 1e9) / clockHz;
  let bits: number[] = [];
  let shown: readonly Pixel[] | undefined;
  let pictures = 0;
  let roseAt: number | undefined;
  let fellAt: number | undefined;

  onChange(wire, (level) => {
    if (level === 'high') rise();
    else if (level === 'low') fall();
    else if (pictures > 0) faults.push(`the wire is ${level}`);
  });

  function rise(): void {
    showIfEnded();
    if (bits.length > 0 && fellAt !== undefined && nsSince(fellAt) > LONGEST_LOW_NS) faults.push(`low for ${nsSince(fellAt)} ns`);
    roseAt = cpu.cycles;
  }

  function fall(): void {
    if (roseAt === undefined) return;
    const highNs = nsSince(roseAt);
    const bit = within(one, highNs) ? 1 : 0;
    if (bit === 0 && !within(zero, highNs)) faults.push(`high for ${highNs} ns`);
    bits.push(bit);
    fellAt = cpu.cycles;
  }

  function showIfEnded(): void {
    if (fellAt === undefined || bits.length === 0 || nsSince(fellAt) < SHOWN_AFTER_NS) return;
    if (bits.length === count * 24) {
      shown = Array.from({ length: count }, (_, index) => pixelOf(bits.slice(index * 24, index * 24 + 24)));
      pictures++;
    } else faults.push(`a picture of ${bits.length} bits`);
    bits = [];
  }

  return {
    shown() {
      showIfEnded();
      return shown;
    },
    pictures: () => pictures,
    faults: () => faults,
  };
}

const within = ({ least, most }: typeof zero, ns: number) => ns >= least && ns <= most;

function pixelOf(bits: readonly number[]): Pixel {
  const byte = (from: number) => bits.slice(from, from + 8).reduce((value, bit) => value * 2 + bit, 0);
  return { green: byte(0), red: byte(8), blue: byte(16) };
}
