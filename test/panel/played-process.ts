/** The panel's process as its supervisor sees it: one that answers, and can die, hang or fail as a real one does. */
import type { PanelNews, PanelOrder } from '../../src/panel/panel-messages.ts';
import type { PanelProcess, PanelProcessOptions } from '../../src/panel/panel-process.ts';

type PlayedProcess = {
  /** What it was asked to show and play since its start; echoes are answered, not noted. */
  readonly orders: readonly PanelOrder[];
  readonly killed: boolean;
  ready(build?: string): void;
  tell(news: PanelNews): void;
  press(key: number): void;
  /** Answers no echo any more. */
  hang(): void;
  die(why: string): void;
};

/** `start` for the options of a supervisor, and the processes that it has started, oldest first. */
export function playedProcesses() {
  const started: PlayedProcess[] = [];
  const start = ({ onNews, onKey }: PanelProcessOptions): PanelProcess => {
    const ended = Promise.withResolvers<string>();
    const orders: PanelOrder[] = [];
    let killed = false;
    let hanging = false;
    started.push({
      orders,
      get killed() {
        return killed;
      },
      ready: (build = 'abc') => onNews({ at: 'ready', build }),
      tell: onNews,
      press: onKey,
      hang() {
        hanging = true;
      },
      die: ended.resolve,
    });
    return {
      pid: undefined,
      ended: ended.promise,
      send(order) {
        if (order.do !== 'echo') orders.push(order);
        else if (!hanging) queueMicrotask(() => onNews({ at: 'echoed' }));
      },
      async kill() {
        killed = true;
        ended.resolve('killed');
      },
    };
  };
  const latest = () => {
    const last = started.at(-1);
    if (!last) throw new Error('no process was started');
    return last;
  };
  return { start, started, latest };
}
