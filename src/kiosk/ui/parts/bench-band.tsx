import { useEffect, useState } from 'preact/hooks';
import type { Snapshot } from '../../protocol.ts';
import { language, texts } from '../preferences.ts';

/** Says on every screen what is simulated, and opens the bench's own page in a drawer. A real unit shows neither. */
export function BenchBand({ shown }: { shown: Snapshot }) {
  const { simulated, dockUrl } = shown;
  const { at } = shown.screen;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (at === 'reading') setOpen(false);
  }, [at]);
  if (simulated.length === 0 && dockUrl === undefined) return null;
  const t = texts.value.simulated;
  return (
    <footer class="bench-band">
      {simulated.length > 0 && <p>{t.band(simulated.map((part) => t.parts[part]).join(t.and))}</p>}
      {dockUrl !== undefined && (
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span aria-hidden="true">{open ? '▼' : '▲'}</span>
          {open ? t.closeDock : t.openDock}
        </button>
      )}
      {open && dockUrl !== undefined && (
        <section class="drawer" aria-label={t.dock}>
          <iframe title={t.dock} src={`${dockUrl}?compact=1&lang=${language.value}`} />
        </section>
      )}
    </footer>
  );
}
