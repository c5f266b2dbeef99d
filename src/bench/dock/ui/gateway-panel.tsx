import { type DockView, gatewayModes } from '../dock-bench.ts';
import { act } from './dock-link.ts';
import { texts } from './texts.ts';

const latencies = [0, 1200, 3000, 5000, 10_000] as const;

export function GatewayPanel({ view }: { view: DockView }) {
  const t = texts.value;
  const { mode, latencyMs } = view.gateway;
  const offered = latencies.some((ms) => ms === latencyMs) ? latencies : [...latencies, latencyMs];
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
      <label class="field">
        {t.latency}
        <select
          value={latencyMs}
          onChange={({ currentTarget }) => act({ type: 'latency', latencyMs: Number(currentTarget.value) })}
        >
          {offered.map((ms) => (
            <option key={ms} value={ms}>
              {ms / 1000} s
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
