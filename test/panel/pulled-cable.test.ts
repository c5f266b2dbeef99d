/** A cable that is pulled under the panel's real process: whichever notices it first, it is told of as one and the same. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openFarEnd } from './far-end.ts';
import { openPanelOnLine, type PanelOnLine } from './panel-on-line.ts';
import { panelReady, panelStands } from './panel-ready.ts';

vi.setConfig({ testTimeout: 120_000 });
const ended = { code: 'PANEL-251', detail: 'the line has ended' };

let far: Awaited<ReturnType<typeof openFarEnd>>;
let opened: PanelOnLine | undefined;
beforeEach(async () => {
  far = await openFarEnd();
});
afterEach(async () => {
  await opened?.panel.close();
  opened = undefined;
  far.close();
});

function open(): PanelOnLine {
  opened = openPanelOnLine(far.path);
  return opened;
}

test('it is told of at once, and the panel comes back with it', async () => {
  const { panel } = open();
  await panelReady(panel);
  const lost = panelStands(panel, 'lost');
  await far.tell('pull');
  expect((await lost).fault).toEqual(ended);
  await far.tell('put-back');
  await panelReady(panel);
});

test('before the panel has answered, too', async () => {
  await far.tell('mute');
  const { panel } = open();
  await far.tell('listen');
  const lost = panelStands(panel, 'lost');
  await far.tell('pull');
  expect((await lost).fault).toEqual(ended);
});

test('alike when the process has something to write at that moment', async () => {
  const { panel, pid } = open();
  await panelReady(panel);
  const lost = panelStands(panel, 'lost');
  process.kill(pid(), 'SIGSTOP');
  panel.show('busy');
  panel.play('placed');
  await far.tell('pull');
  process.kill(pid(), 'SIGCONT');
  expect((await lost).fault).toEqual(ended);
});
