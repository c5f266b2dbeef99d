import { snapshot } from '../link.ts';
import { staffLang, texts } from '../preferences.ts';

/** Tells staff, between two patients, that results wait for the clinic's folder, why, and what to do. */
export function WaitsLine() {
  const reason = snapshot.value?.waitsFor;
  if (reason === undefined) return null;
  const t = texts.value.waits;
  return (
    <aside class="waits-line" aria-label={t.label} lang={staffLang.value}>
      <strong>{t.label}</strong>
      {t.reasons[reason]}
      {/* Without its record a reader receives nobody. */}
      {reason !== 'records-fail' && <span>{t.after}</span>}
    </aside>
  );
}
