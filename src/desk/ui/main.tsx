import '@digital-go-jp/design-tokens/dist/tokens.css';
import './desk.css';
import './parts.css';
import { render } from 'preact';
import { App } from './app.tsx';
import { start } from './link.ts';
import { applyPreferences } from './preferences.ts';
import { callWhenWanted } from './sound.ts';

applyPreferences();
callWhenWanted();
void start();
const root = document.getElementById('app');
if (root) render(<App />, root);
