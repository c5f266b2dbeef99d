import '@digital-go-jp/design-tokens/dist/tokens.css';
import './style/base.css';
import './style/frame.css';
import './style/controls.css';
import './style/idle.css';
import './style/choosing.css';
import './style/face.css';
import './style/pin.css';
import './style/waiting.css';
import './style/consent.css';
import './style/papers.css';
import './style/drawings.css';
import './style/drawings-moving.css';
import './technician/technician.css';
import './keys/dark.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { prepareGuidance } from './guidance/watch-face.ts';
import { listenToKeyboard } from './keys/keyboard.ts';
import { listenToPad } from './keys/pad.ts';
import { openLink } from './link.ts';
import { resetAtIdle } from './preferences.ts';
import { keepAudioMode } from './speech/audio-mode.ts';
import { followScreen } from './speech/follow-screen.ts';

openLink();
resetAtIdle();
keepAudioMode();
listenToKeyboard();
listenToPad();
prepareGuidance();
const root = document.getElementById('app');
if (root) {
  render(<App />, root);
  followScreen(root);
}
