import { say } from '../link.ts';
import { texts } from '../preferences.ts';
import { Button } from './button.tsx';

/** Tells calmly that the time to answer runs out; one touch gives it anew. It stands where the reader's name does. */
export function HurryStrip() {
  const t = texts.value.hurry;
  return (
    <div class="hurry">
      <p role="status">{t.title}</p>
      <Button kind="main" onPress={() => say({ type: 'extend' })}>
        {t.extend}
      </Button>
    </div>
  );
}
