/** The ways in which a kiosk page is lost, done to a real one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeOf, renderersOf } from './kiosk-screen.ts';

type Trouble = {
  /** What the watch may say of it. */
  readonly seenAs: readonly string[];
  readonly make: (browserPid: number) => Promise<unknown>;
};

export const troubles: Readonly<Record<string, Trouble>> = {
  'its renderer is killed': { seenAs: ['gone'], make: signalRenderers('SIGKILL') },
  'its renderer crashes': { seenAs: ['gone'], make: signalRenderers('SIGSEGV') },
  'its renderer stands still': { seenAs: ['frozen'], make: signalRenderers('SIGSTOP') },
  'it draws no more': { seenAs: ['frozen'], make: (pid) => evaluate(pid, 'requestAnimationFrame = () => 0') },
  // One second of work after another: a page that still answers, but far too late.
  'it is kept busy': {
    seenAs: ['slow', 'frozen'],
    make: (pid) =>
      evaluate(
        pid,
        'setTimeout(function work(end = performance.now() + 1e3) { while (performance.now() < end); setTimeout(work) })',
      ),
  },
  'the whole browser is killed': {
    seenAs: ['gone', 'browser-ended'],
    make: async (pid) => void process.kill(pid, 'SIGKILL'),
  },
};

function signalRenderers(signal: NodeJS.Signals) {
  return async (browserPid: number) => {
    for (const { pid } of renderersOf(browserPid)) process.kill(pid, signal);
  };
}

/** Runs a script in the kiosk page, over the debugging port that Chromium has in tests alone. @returns its value */
export async function evaluate(browserPid: number, expression: string): Promise<unknown> {
  const port = readFileSync(join(homeOf(browserPid), 'profile/DevToolsActivePort'), 'utf8').split('\n')[0];
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    type: string;
    url: string;
    webSocketDebuggerUrl: string;
  }[];
  const page = targets.find(({ type, url }) => type === 'page' && url.includes('?page='));
  if (!page) throw new Error(`no kiosk page among ${JSON.stringify(targets)}`);
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
    const answer = new Promise<MessageEvent>((resolve) => socket.addEventListener('message', resolve, { once: true }));
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } }));
    const { result } = JSON.parse(String((await answer).data));
    if (result.exceptionDetails) throw new Error(JSON.stringify(result.exceptionDetails));
    return result.result.value;
  } finally {
    socket.close();
  }
}
