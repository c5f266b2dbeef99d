import type { Panel, PanelStanding } from '../../src/panel/panel.ts';

/** Resolves when the panel is there; rejects after 20 s. */
export const panelReady = (panel: Panel) => panelStands(panel, 'ready');

/** Resolves when the panel stands so; rejects after 20 s. */
export async function panelStands<At extends PanelStanding['at']>(
  panel: Panel,
  at: At,
): Promise<Extract<PanelStanding, { at: At }>> {
  const reached = Promise.withResolvers<void>();
  const look = () => panel.standing.at === at && reached.resolve();
  const stop = panel.watch(look);
  const late = setTimeout(() => reached.reject(new Error(`the panel is ${JSON.stringify(panel.standing)}`)), 20_000);
  look();
  await reached.promise;
  clearTimeout(late);
  stop();
  return panel.standing as Extract<PanelStanding, { at: At }>;
}
