import '@digital-go-jp/design-tokens/dist/tokens.css';
import './dock.css';
import './panels.css';
import { render } from 'preact';
import { Compact } from './compact.tsx';
import { openView, view } from './dock-link.ts';
import { Full } from './full.tsx';

const compact = new URLSearchParams(location.search).has('compact');

function App() {
  if (!view.value) return null;
  return compact ? <Compact view={view.value} /> : <Full view={view.value} />;
}

openView();
const root = document.getElementById('app');
if (root) render(<App />, root);
