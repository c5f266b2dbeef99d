import { useEffect, useRef, useState } from 'preact/hooks';
import { systemClock } from '../../../clock.ts';
import type { FaceHint } from '../../../reception/ports.ts';
import { pageHint } from './watch-face.ts';

/** A hint that changes faster than this cannot be followed. */
const HINT_STANDS_MS = 500;

/** What only the reader can see: the page would take the movement that it asks for to be restless. */
const asked: ReadonlySet<FaceHint> = new Set(['turn-left', 'turn-right', 'mask-off']);

/** One hint of the two who watch: what the reader asks for comes first, then what the page sees at once, then the reader's. */
function chooseHint(reader: FaceHint, page: FaceHint | undefined): FaceHint {
  return asked.has(reader) ? reader : (page ?? reader);
}

/** @returns the hint to show now; another one waits until this has stood for a while, and the newest that waits is next */
export function useShownHint(reader: FaceHint): FaceHint {
  const wanted = chooseHint(reader, pageHint.value);
  const [shown, setShown] = useState(wanted);
  const shownAt = useRef(systemClock.now());
  useEffect(() => {
    if (wanted === shown) return;
    return systemClock.after(shownAt.current + HINT_STANDS_MS - systemClock.now(), () => {
      shownAt.current = systemClock.now();
      setShown(wanted);
    });
  }, [wanted, shown]);
  return shown;
}
