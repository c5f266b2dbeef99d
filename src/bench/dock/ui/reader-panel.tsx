import type { DockView } from '../dock-bench.ts';
import { act } from './dock-link.ts';
import { texts } from './texts.ts';

export function ReaderPanel({ view }: { view: DockView }) {
  const t = texts.value;
  const pulled = view.cable === 'pulled';
  return (
    <section>
      <h2>{t.reader}</h2>
      <dl>
        <dt>{t.state}</dt>
        <dd>
          <code>{view.state}</code>
        </dd>
        <dt>{t.light}</dt>
        <dd class="light">
          <i class={`disc ${view.light}`} aria-hidden="true" />
          {t.lights[view.light]}
        </dd>
        <dt>{t.sound}</dt>
        <dd>{view.lastSound ?? t.nothing}</dd>
        <dt>{t.triesLeft}</dt>
        <dd>{view.cardTriesLeft ?? t.none}</dd>
        {view.staff && (
          <>
            <dt>{t.password}</dt>
            <dd>
              <code>{view.staff.password}</code>
            </dd>
            <dt>{t.desk}</dt>
            <dd>
              <code>{view.staff.deskUrl}</code>
            </dd>
            <dt>{t.technician}</dt>
            <dd class="row">
              <code>{view.staff.technician}</code>
              <button type="button" class="small" onClick={() => act({ type: 'service' })}>
                {t.service}
              </button>
            </dd>
          </>
        )}
        <dt>{t.cable}</dt>
        <dd class="row">
          {pulled ? t.pulled : t.plugged}
          <button type="button" class="small" onClick={() => act({ type: 'cable', cable: pulled ? 'plugged' : 'pulled' })}>
            {pulled ? t.plug : t.pull}
          </button>
        </dd>
      </dl>
    </section>
  );
}
