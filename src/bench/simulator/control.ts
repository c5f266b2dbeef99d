/**
 * What can be done to a running simulator, one line a command, one line an answer:
 *
 *   swap pin-locked            ok {"swapped":"pin-locked"}
 *   insert                     error a card lies there already: remove it, or swap
 *
 * What follows `ok` is JSON.
 */
import { ok, type Result } from '../../faults/result.ts';
import { readFault } from './fault-words.ts';
import type { Simulator } from './simulator.ts';

type Verb = {
  /** How it is called. */
  readonly usage: string;
  /** How many words it takes after its own. */
  readonly words: readonly [least: number, most: number];
  readonly run: (simulator: Simulator, word: string) => Result<object> | Promise<Result<object>>;
};

const done = (what: object) => ok(what);

const verbs: Readonly<Record<string, Verb>> = {
  insert: {
    usage: 'insert [PERSONA]',
    words: [0, 1],
    run: async (simulator, persona) => {
      const inserted = await simulator.insert(persona || undefined);
      return inserted.ok ? done({ inserted: simulator.status().card }) : inserted;
    },
  },
  remove: act('remove', 'removed', (simulator) => simulator.remove()),
  tear: act('tear', 'torn', (simulator) => simulator.tear()),
  swap: {
    usage: 'swap PERSONA',
    words: [1, 1],
    run: async (simulator, persona) => {
      const swapped = await simulator.swap(persona);
      return swapped.ok ? done({ swapped: persona }) : swapped;
    },
  },
  reset: act('reset', 'reset', (simulator) => simulator.reset()),
  fault: {
    usage: 'fault KIND[@APDU][:ARG]',
    words: [1, 1],
    run: (simulator, words) => {
      const planned = readFault(words);
      if (!planned.ok) return planned;
      simulator.addFault(planned.value);
      return done({ planned: words });
    },
  },
  'clear-faults': act('clear-faults', 'cleared', (simulator) => simulator.clearFaults()),
  unplug: { usage: 'unplug', words: [0, 0], run: (simulator) => plugged(simulator.unplug(), false) },
  'plug-in': { usage: 'plug-in', words: [0, 0], run: (simulator) => plugged(simulator.plugIn(), true) },
  status: { usage: 'status', words: [0, 0], run: (simulator) => done(simulator.status()) },
  help: { usage: 'help', words: [0, 0], run: () => done({ commands: [...usages(), 'quit'] }) },
};

/** Carries one line out. Returns the line of the answer; never throws for what was written. */
export async function control(simulator: Simulator, line: string): Promise<string> {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) return `error there is no command "${name.slice(0, 40)}"; help lists them`;
  const [least, most] = verb.words;
  if (words.length < least || words.length > most) return `error usage: ${verb.usage}`;
  const result = await verb.run(simulator, words[0] ?? '');
  return result.ok ? `ok ${JSON.stringify(result.value)}` : `error ${result.fault.detail ?? result.fault.code}`;
}

function usages(): string[] {
  return Object.values(verbs).map(({ usage }) => usage);
}

function act(usage: string, past: string, action: (simulator: Simulator) => void): Verb {
  return {
    usage,
    words: [0, 0],
    run(simulator) {
      action(simulator);
      return done({ [past]: true });
    },
  };
}

async function plugged(work: Promise<Result<void>>, pluggedIn: boolean): Promise<Result<object>> {
  const result = await work;
  return result.ok ? done({ pluggedIn }) : result;
}
