import type { State } from './state.ts';
import type { Stage, Timeline } from './timeline.ts';

/** How a reception went, without anything of the person. */
export type ReceptionReport = {
  readonly receptionId: string;
  /** `accepted`, or the code of the fault that it stopped at last. */
  readonly outcome: string;
  readonly method: string | undefined;
  readonly timeline: readonly Stage[];
  readonly machineMs: number;
  readonly waits: ReturnType<Timeline['waits']>;
  /** The name of the file that the clinic was given; absent while it waits. */
  readonly resultFile: string | undefined;
};

/** @param state the reception as it stands, or as it stood before it ended */
export function reportOf(state: State, outcome: string, timeline: Timeline, resultFile: string | undefined): ReceptionReport {
  return {
    receptionId: 'reception' in state ? state.reception.id : '',
    outcome,
    method: 'method' in state ? state.method : undefined,
    timeline: timeline.stages(),
    machineMs: timeline.machineMs(),
    waits: timeline.waits(),
    resultFile,
  };
}

/** What a reception has come to in this state; undefined while it goes on, and where there is none. */
export function outcomeIn(state: State): string | undefined {
  switch (state.at) {
    case 'done':
      return 'accepted';
    case 'pending':
      return 'pending';
    case 'stopped':
    case 'interrupted':
      return state.code;
    default:
      return undefined;
  }
}
