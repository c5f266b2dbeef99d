/** One test by hand at a time: what it shows, what it takes, and when the part is known to work. */
import type { Light } from '../faults/catalogue.ts';
import type { Result } from '../faults/result.ts';
import type { CardPort, PanelPort, Sound } from '../reception/ports.ts';
import type { TestByHand } from './parts.ts';
import type { ServicePanel } from './service-keys.ts';
import type { CardStep, HandStep, TechnicianIntent } from './view.ts';

export type HandTest = {
  step(): HandStep;
  /** What the person did that belongs to this test alone. */
  take(intent: TechnicianIntent): void;
  stop(): void;
};

export type HandTestParts = {
  readonly panel: Pick<PanelPort, 'show' | 'play'> & Pick<ServicePanel, 'onKey'>;
  /** Of a reader that rests: nobody else listens to the card. */
  readonly card: Pick<CardPort, 'watch' | 'survey' | 'release'>;
  /** Reads the card that a simulator gives at the end of the second UART's cable. Value: how that went, in a few words;
   *  absent: no second UART is wired here. Faults: CARD-*, MOD-*. */
  readonly secondUart?: ((signal: AbortSignal) => Promise<Result<string>>) | undefined;
  /** The light that belongs to the reader's own state. */
  readonly ownLight: () => Light;
};

type Told = {
  readonly onChange: () => void;
  /** The test has ended by itself, or by the person's word. */
  readonly onResult: (works: boolean) => void;
};

const CORNERS = 4;
const KEYS = '123456789*0#';
const lights: readonly Light[] = ['ready', 'busy', 'your-turn', 'success', 'help', 'attention'];
const sounds: readonly Sound[] = ['placed', 'success', 'help', 'take-card'];

export function startHandTest(test: TestByHand, parts: HandTestParts, told: Told): HandTest {
  switch (test) {
    case 'touch':
      return touchTest(told);
    case 'lights':
      return lightsTest(parts, told);
    case 'sounds':
      return soundsTest(parts, told);
    case 'pad':
      return padTest(parts, told);
    case 'test-card':
      return cardTest(parts, told);
    case 'second-uart':
      return secondUartTest(parts, told);
  }
}

function touchTest({ onChange, onResult }: Told): HandTest {
  const touched = Array.from({ length: CORNERS }, () => false);
  return {
    step: () => ({ test: 'touch', touched: [...touched] }),
    take(intent) {
      if (intent.say === 'judge') onResult(intent.works);
      if (intent.say !== 'touched' || touched[intent.corner] === undefined) return;
      touched[intent.corner] = true;
      onChange();
      if (touched.every(Boolean)) onResult(true);
    },
    stop() {},
  };
}

function lightsTest({ panel, ownLight }: HandTestParts, { onChange, onResult }: Told): HandTest {
  let step = 0;
  const light = () => lights[step] ?? 'ready';
  panel.show(light());
  return {
    step: () => ({ test: 'lights', light: light(), step: step + 1, of: lights.length }),
    take(intent) {
      if (intent.say !== 'judge') return;
      step++;
      if (!intent.works || step === lights.length) return onResult(intent.works);
      panel.show(light());
      onChange();
    },
    stop: () => panel.show(ownLight()),
  };
}

function soundsTest({ panel }: HandTestParts, { onChange, onResult }: Told): HandTest {
  let step = 0;
  const sound = () => sounds[step] ?? 'placed';
  return {
    step: () => ({ test: 'sounds', sound: sound(), step: step + 1, of: sounds.length }),
    take(intent) {
      if (intent.say === 'play') panel.play(sound());
      if (intent.say !== 'judge') return;
      step++;
      if (!intent.works || step === sounds.length) return onResult(intent.works);
      onChange();
    },
    stop() {},
  };
}

function padTest({ panel }: HandTestParts, { onChange, onResult }: Told): HandTest {
  const pressed = new Set<string>();
  const stop = panel.onKey((key, down) => {
    const character = String.fromCharCode(key);
    if (!down || !KEYS.includes(character)) return;
    pressed.add(character);
    onChange();
    if (pressed.size === KEYS.length) onResult(true);
  });
  return {
    step: () => ({ test: 'pad', pressed: [...pressed] }),
    take: (intent) => void (intent.say === 'judge' && onResult(intent.works)),
    stop,
  };
}

/** Powers the card and looks at it, which spends no try. */
function cardTest({ card }: HandTestParts, { onChange, onResult }: Told): HandTest {
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
function secondUartTest({ secondUart }: HandTestParts, { onChange, onResult }: Told): HandTest {
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
