/**
 * The panel through johnny-five; the only file that knows it, or firmata-io below it. Both throw, print and pass events
 * by name; here they are four verbs and one listener.
 *
 * A johnny-five board can be neither closed nor connected again: so it lives in a process of its own, as long as the line.
 */
import firmata, { type Firmata } from 'firmata-io';
import five from 'johnny-five';
import { failed, ok, type Result } from '../faults/result.ts';
import { ECHO, PAD_KEY, readPadKey, ringMessage, toneMessage } from './own-messages.ts';
import type { Look, Note, PanelNews } from './panel-messages.ts';
import { pinNumber } from './pins.ts';

/** How the firmware names itself, before its build id. */
const FIRMWARE = /^kazasu-panel ([0-9a-f]+)$/;
/** A panel that has been running says nothing by itself: it is asked after so long (firmata-io's own 5 s are for slow boots). */
const ASK_VERSION_AFTER_MS = 50;
/** The class looks at its pin so often; its own 25 ms would wake the machine forty times a second for nothing. */
const LOOK_EVERY_MS = 100;

export type Board = {
  readonly build: string;
  show(look: Look): void;
  play(notes: readonly Note[]): void;
  echo(): void;
};

export type BoardListeners = {
  readonly onNews: (news: PanelNews) => void;
  /** One byte a key; see KEY_DOWN. */
  readonly onKey: (key: number) => void;
};

/**
 * Waits for the panel on a line that says `open` only after this was called: a board that comes later never gets ready.
 * The caller sets the bound.
 * Faults: PANEL-251 (the line was lost), PANEL-252 (something else than our program answers).
 */
export function openBoard(port: object, { onNews, onKey }: BoardListeners): Promise<Result<Board>> {
  const io = new firmata.Firmata(port, { reportVersionTimeout: ASK_VERSION_AFTER_MS });
  const board = new five.Board({ io, repl: false, debug: false, ...{ sigint: false } });
  return new Promise((resolve) => {
    const lost = (detail: string) => {
      const loss = failed('PANEL-251', detail);
      resolve(loss);
      onNews({ at: 'failed', fault: loss.fault });
    };
    // Both tell, each of its own, and an error that nobody listens to is thrown.
    io.on('error', ({ message }) => lost(message));
    board.on('error', ({ message }) => lost(message));
    io.on('close', () => lost('the line has ended'));
    board.on('ready', () => {
      const name = io.firmware.name ?? '';
      const build = FIRMWARE.exec(name)?.[1];
      if (build === undefined) return resolve(failed('PANEL-252', `what answers there calls itself "${name}"`));
      listen(board, onNews, onKey);
      // It says so when its own watchdog, or its supply, has restarted it: it has forgotten all that it was told.
      io.on('reportversion', () => lost('the panel has started anew'));
      resolve(ok(verbs(board, build)));
    });
  });
}

function verbs(board: five.Board, build: string): Board {
  const backlight = new five.Led({ board, pin: pinNumber('backlight') });
  return {
    build,
    show(look) {
      board.sysexCommand(ringMessage(look.ring));
      backlight.brightness(look.backlight);
    },
    play(notes) {
      board.sysexCommand(toneMessage(notes));
    },
    echo() {
      board.sysexCommand([ECHO]);
    },
  };
}

function listen(board: five.Board, onNews: BoardListeners['onNews'], onKey: BoardListeners['onKey']): void {
  board.sysexResponse(ECHO, () => onNews({ at: 'echoed' }));
  board.sysexResponse(PAD_KEY, (bytes) => {
    const key = readPadKey(bytes);
    // It may be a digit of a PIN: neither our copy nor what firmata-io has gathered it in keeps it.
    bytes.fill(0);
    (board.io as Firmata).buffer.fill(0);
    if (key !== undefined) onKey(key);
  });

  // Closed means low here: an opened case and a cut wire are alike.
  const tamper = new five.Switch({ board, pin: pinNumber('tamper'), type: 'NC', ...{ invert: true } });
  // The class makes it an input without its pull-up.
  board.pinMode(pinNumber('tamper'), board.io.MODES.PULLUP);
  tamper.on('open', () => onNews({ at: 'case', open: true }));
  tamper.on('close', () => onNews({ at: 'case', open: false }));

  const presence = new five.Motion({ board, pin: pinNumber('presence'), ...{ calibrationDelay: 0, freq: LOOK_EVERY_MS } });
  presence.on('motionstart', () => onNews({ at: 'presence', somebody: true }));
  presence.on('motionend', () => onNews({ at: 'presence', somebody: false }));
}
