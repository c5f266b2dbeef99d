/** What a person must touch, see or hear: screen, ring, piezo and pad. */
import type { Light } from '../faults/catalogue.ts';
import type { Sound } from '../reception/ports.ts';
import type { HandTest, HandTestNews, HandTestParts } from './hand-test.ts';

const CORNERS = 4;
const KEYS = '123456789*0#';
const lights: readonly Light[] = ['ready', 'busy', 'your-turn', 'success', 'help', 'attention'];
const sounds: readonly Sound[] = ['placed', 'success', 'help', 'take-card'];

export function touchTest({ onChange, onResult }: HandTestNews): HandTest {
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

export function lightsTest({ panel, ownLight }: HandTestParts, { onChange, onResult }: HandTestNews): HandTest {
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

export function soundsTest({ panel }: HandTestParts, { onChange, onResult }: HandTestNews): HandTest {
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

export function padTest({ panel }: HandTestParts, { onChange, onResult }: HandTestNews): HandTest {
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
