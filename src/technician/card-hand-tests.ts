/** A card that a person places: at the reader's own module, or a simulated one on the second UART. */
import type { HandTest, HandTestNews, HandTestParts } from './hand-test.ts';
import type { CardStep } from './view.ts';

/** Powers the card and looks at it, which spends no try. */
export function cardTest({ card }: HandTestParts, { onChange, onResult }: HandTestNews): HandTest {
  const over = new AbortController();
  let step: CardStep = { at: 'waiting' };
  const stand = (next: CardStep) => {
    step = next;
    if (!over.signal.aborted) onChange();
  };
  async function read(): Promise<void> {
    stand({ at: 'reading' });
    const survey = await card.survey(over.signal);
    if (over.signal.aborted) return;
    if (!survey.ok) return stand({ at: 'failed', code: survey.fault.code });
    const { carrier, portrait, pin } = survey.value;
    stand({ at: 'read', words: `${carrier}, ${portrait ? 'portrait' : 'no portrait'}, PIN ${pin.at}` });
    onResult(true);
  }
  const stopWatching = card.watch((event) => {
    if (event.type === 'placed') void read();
    else if (event.type === 'removed' && step.at !== 'read') stand({ at: 'waiting' });
    else if (event.type === 'module-lost') stand({ at: 'failed', code: event.code });
  });
  return {
    step: () => ({ test: 'test-card', card: step }),
    take: (intent) => void (intent.say === 'judge' && onResult(intent.works)),
    stop() {
      over.abort();
      stopWatching();
      void card.release();
    },
  };
}

/** The same reading without card and module of this unit: what fails here lies on the board's side. */
export function secondUartTest({ secondUart }: HandTestParts, { onChange, onResult }: HandTestNews): HandTest {
  const over = new AbortController();
  let step: CardStep = { at: secondUart ? 'reading' : 'waiting' };
  void secondUart?.(over.signal).then((read) => {
    if (over.signal.aborted) return;
    step = read.ok ? { at: 'read', words: read.value } : { at: 'failed', code: read.fault.code };
    onChange();
  });
  return {
    step: () => ({ test: 'second-uart', card: step }),
    take: (intent) => void (intent.say === 'judge' && onResult(intent.works)),
    stop: () => over.abort(),
  };
}
