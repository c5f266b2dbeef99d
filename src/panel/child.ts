/**
 * The process that holds the panel's line, started by `panel-process.ts` as `child.ts PATH`. It ends with its parent, or
 * when it is killed; it never opens the line a second time.
 */
import { writeSync } from 'node:fs';
import { type Board, openBoard } from './board.ts';
import { openCable } from './cable.ts';
import { KEY_PIPE, type PanelNews, type PanelOrder } from './panel-messages.ts';
import { baudRate } from './pins.ts';

// A terminal's Ctrl-C and a service's stop reach this process too, but the reader may still have something to show.
for (const asked of ['SIGINT', 'SIGTERM'] as const) process.on(asked, () => {});
process.on('disconnect', () => process.exit());

const tell = (news: PanelNews) => process.send?.(news);

/** Given a buffer, V8 does not put the byte into its own heap, where a collection would leave copies of it behind. */
const keyByte = new Uint8Array(new ArrayBuffer(1));

function tellKey(key: number): void {
  keyByte[0] = key;
  writeSync(KEY_PIPE, keyByte);
  keyByte[0] = 0;
}

const cable = await openCable(process.argv[2] ?? '', baudRate);
if (cable.ok) {
  const opening = openBoard(cable.value, { onNews: tell, onKey: tellKey });
  cable.value.start();
  const board = await opening;
  if (board.ok) obey(board.value);
  else tell({ at: 'failed', fault: board.fault });
} else tell({ at: 'failed', fault: cable.fault });

function obey(panel: Board): void {
  process.on('message', (order: PanelOrder) => {
    if (order.do === 'show') panel.show(order.look);
    else if (order.do === 'play') panel.play(order.notes);
    else panel.echo();
  });
  tell({ at: 'ready', build: panel.build });
}
