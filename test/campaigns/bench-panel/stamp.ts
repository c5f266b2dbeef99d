/** Loaded into the panel's process before anything of its own: writes down when a key leaves it for the reader. */
import fs, { openSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { KEY_PIPE } from '../../../src/panel/panel-messages.ts';
import { nowUs } from '../../firmware/panel/simavr/host-line.ts';

const stamps = openSync(process.env['KAZASU_STAMPS'] ?? '/dev/null', 'a');
const write = writeSync;

Object.assign(fs, {
  writeSync(fd: number, bytes: Uint8Array) {
    // Before the key itself: whoever gets that looks for its stamp at once.
    if (fd === KEY_PIPE) write(stamps, `${nowUs()}\n`);
    return write(fd, bytes);
  },
});
syncBuiltinESMExports();
