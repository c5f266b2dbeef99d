import type { Panel, PanelStanding } from '../../src/panel/panel.ts';

/** Long: a machine that runs other tests beside may take seconds to start a process. */
const WITHIN_MS = 50_000;

/** Resolves when the panel is there; rejects after 50 s. */
export const panelReady = (panel: Panel) => panelStands(panel, 'ready');

/** Resolves when the panel stands so; rejects after 50 s. */
export async function panelStands<At extends PanelStanding['at']>(
  panel: Panel,
  at: At,
): Promise<Extract<PanelStanding, { at: At }>> {
  const reached = Promise.withResolvers<void>();
  const look = () => panel.standing.at === at && reached.resolve();
  const stop = panel.watch(look);
  const late = setTimeout(() => reached.reject(new Error(`the panel is ${JSON.stringify(panel.standing)}`)), WITHIN_MS);
  look();
  await reached.promise;
  clearTimeout(late);
  stop();
  return panel.standing as Extract<PanelStanding, { at: At }>;
}
