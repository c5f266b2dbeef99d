/** A whole reception, touched from outside through the screen's hand. */
import { yes } from '../../src/bench/patient.ts';
import type { Screen } from '../../src/kiosk/protocol.ts';
import type { Machine } from './machine.ts';
import type { Outside } from './outside.ts';

/** By this PC's clock, which goes many times faster than an emulated board's. */
const SCREEN_WITHIN_MS = 180_000;

export type Reception = { readonly screens: readonly string[]; readonly accepted: boolean };

/**
 * Places the card, chooses the PIN, agrees to what is asked, and takes the card at the end, whatever that is: a reader on
 * which a card lies rests for nobody. Then it waits until the screen shows that the next may come.
 * @param screens filled while it goes on, for whoever breaks it off
 */
export async function receiveByPin(machine: Machine, outside: Outside, screens: string[] = []): Promise<Reception> {
  const { page } = machine;
  page.drop();
  outside.placeCard();
  try {
    const last = await goThrough(page, outside.pin, screens);
    return { screens, accepted: last === 'done' };
  } finally {
    outside.takeCard();
    await waitForIdle(machine, SCREEN_WITHIN_MS).catch(() => {});
  }
}

const ENDS: readonly Screen['at'][] = ['done', 'stopped', 'interrupted', 'pending'];

/** @returns the screen on which it ended */
async function goThrough(page: Machine['page'], pin: Outside['pin'], screens: string[]): Promise<Screen['at']> {
  const say = (intent: object) => page.send(JSON.stringify({ intent }));
  let typed = false;
  for (;;) {
    const screen = await nextScreen(page, SCREEN_WITHIN_MS);
    const shown = 'code' in screen ? `${screen.at} (${screen.code})` : screen.at;
    if (screens.at(-1) !== shown) screens.push(shown);
    if (screen.at === 'choosing') say({ type: 'choose', method: 'pin' });
    if (screen.at === 'entering-pin' && !typed) {
      typed = true;
      for (const key of pin) page.send(JSON.stringify({ key }));
    }
    if (screen.at === 'entering-pin' && screen.digits === pin.length) say({ type: 'continue' });
    if (screen.at === 'asking') say({ type: 'answer', answer: yes(screen.question) });
    if (screen.at === 'offering-registration') say({ type: 'register' });
    if (ENDS.includes(screen.at)) return screen.at;
  }
}

/** The reader shows that it waits for a card. */
export async function waitForIdle({ page }: Machine, withinMs: number): Promise<void> {
  await page.next((line) => screenOf(line)?.at === 'idle', withinMs);
}

async function nextScreen(page: Machine['page'], withinMs: number): Promise<Screen> {
  return screenOf(await page.next((line) => screenOf(line) !== undefined, withinMs)) as Screen;
}

const screenOf = (line: string): Screen | undefined => JSON.parse(line).screen?.screen;
