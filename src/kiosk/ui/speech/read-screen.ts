/**
 * What a screen says to whoever does not see it, read from the page as it stands: its heading, its words, its ways on.
 * Each text that the page puts down is one piece, so that a clip can be found for it.
 */

/** A button or a line by its texts, in their order. */
export type Piece<E extends Element = Element> = {
  readonly element: E;
  readonly words: readonly string[];
  /** It shows a name, which is never said: the how manieth of such (1…); 0 for all others. */
  readonly place: number;
};

export type Reading = {
  readonly heading: Element;
  readonly title: readonly string[];
  /** All that is no way: sentences, reasons why a way is closed, what can be shown at the desk. */
  readonly words: readonly string[];
  /** What may change while the screen stands: hints, digits typed, what has been chosen. */
  readonly news: readonly Piece[];
  /** What can be done here, in the order of the page. */
  readonly ways: readonly Piece<HTMLButtonElement>[];
  /** Digits are typed here. */
  readonly pad: Element | null;
};

/** Names, and what staff read: nobody hears it. */
const UNHEARD = '[aria-hidden=true], svg, bdi, time, .staff-note, .waits-line, .code, .code-fields, .number, .steps';
/** Keys are pressed, not chosen. */
const KEYS = '.pin-pad, .order';
const WAY = 'button:not(:disabled)';

/** @returns undefined where no screen stands */
export function readScreen(page: ParentNode = document): Reading | undefined {
  const heading = page.querySelector('main h1');
  const main = heading?.closest('main');
  if (!heading || !main) return undefined;
  const ways = [...main.querySelectorAll<HTMLButtonElement>(WAY)].filter((button) => !button.closest(KEYS));
  const named: readonly Element[] = ways.filter((button) => button.querySelector('bdi'));
  const piece = <E extends Element>(element: E) => ({
    element,
    words: textsIn(element),
    place: named.indexOf(element) + 1,
  });
  return {
    heading,
    title: textsIn(heading),
    words: ['.words', '.picture', '.side'].flatMap((part) => textsIn(main.querySelector(part), `h1, ${WAY}, ${KEYS}`)),
    news: [...main.querySelectorAll('[role=status], [role=alert], [aria-pressed]')].map(piece),
    ways: ways.map(piece),
    pad: main.querySelector('.pin-pad'),
  };
}

function textsIn(part: Element | null, but = ':not(*)'): readonly string[] {
  if (!part) return [];
  const texts: string[] = [];
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode as Text;
    if (data.trim() !== '' && !parentElement?.closest(`${UNHEARD}, ${but}`)) texts.push(data);
  }
  return texts;
}
