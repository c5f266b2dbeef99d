import { type DockView, gatewayModes } from '../dock-bench.ts';
import { act } from './dock-link.ts';
import { GatewayTrouble } from './gateway-trouble.tsx';
import { NumberChoice } from './number-choice.tsx';
import { texts } from './texts.ts';

const latencies = [0, 1200, 3000, 5000, 10_000] as const;

export function GatewayPanel({ view }: { view: DockView }) {
  const t = texts.value;
  const { mode, latencyMs } = view.gateway;
  return (
    <section>
      <fieldset class="options inline">
        <legend>{t.gateway}</legend>
        {gatewayModes.map((offeredMode) => (
          <label key={offeredMode}>
            <input
              type="radio"
              name="gateway"
              checked={mode === offeredMode}
              onChange={() => act({ type: 'gateway', mode: offeredMode })}
            />
            {t.modes[offeredMode]}
          </label>
        ))}
      </fieldset>
      <NumberChoice
        words={t.latency}
        value={latencyMs}
        offered={latencies}
        unit={(ms) => `${ms / 1000} s`}
        onChoose={(ms) => act({ type: 'latency', latencyMs: ms })}
      />
      <GatewayTrouble outside={view.outside} />
    </section>
  );
}
