import type { FaultCode } from '../faults/catalogue.ts';
import type { CardPort } from '../reception/ports.ts';
import type { Reader } from '../reception/reader.ts';
import type { State } from '../reception/state.ts';
import type { Metrics } from './registry.ts';

/** Parts that come and go, as the card module tells of itself and receptions find camera and gateway. */
export const parts = ['card-module', 'camera', 'gateway'] as const;
type Part = (typeof parts)[number];

const lostAt: { readonly [Code in FaultCode]?: Part } = {
  'FACE-405': 'camera',
  'GATE-501': 'gateway',
  'GATE-502': 'gateway',
  'GATE-503': 'gateway',
  'GATE-504': 'gateway',
};

export type PartsWatch = {
  /** Whether it was there when it was last needed. */
  isReady(part: Part): boolean;
  stop(): void;
};

export function watchParts(
  reader: Pick<Reader, 'onChange' | 'onReport'>,
  card: Pick<CardPort, 'watch'>,
  metrics: Metrics,
): PartsWatch {
  const lost = new Set<Part>();
  for (const part of parts) for (const counter of [metrics.losses, metrics.recoveries]) counter.inc({ part }, 0);

  function lose(part: Part): void {
    if (lost.has(part)) return;
    lost.add(part);
    metrics.losses.inc({ part });
  }

  function regain(part: Part): void {
    if (lost.delete(part)) metrics.recoveries.inc({ part });
  }

  const stops = [
    card.watch(({ type }) => {
      if (type === 'module-lost') lose('card-module');
      else if (type === 'module-ready') regain('card-module');
    }),
    reader.onReport(({ outcome }) => {
      const part = lostAt[outcome as FaultCode];
      if (part) lose(part);
    }),
    reader.onChange((state) => {
      if (wasSeen(state)) regain('camera');
      if (hasAnswered(state)) regain('gateway');
    }),
  ];
  return {
    isReady: (part) => !lost.has(part),
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** A face was decided on, for or against: pictures come. */
const wasSeen = (state: State): boolean => state.at === 'face-retry' || (state.at === 'proving' && state.method === 'face');

/** Neither comes without an answer of the gateway. */
const hasAnswered = (state: State): boolean => state.at === 'asking' || state.at === 'recording';
