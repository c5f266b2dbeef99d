#!/opt/node/bin/node
/**
 * Stands where the reader expects its browser: hands the flags to the screen's own service, which runs as another user,
 * and lasts as long as the screen does. Killed by the reader, it closes the connection, and that ends the screen.
 */
import { connect } from 'node:net';

const screen = connect('/run/kazasu-kiosk.sock');
screen.on('connect', () => screen.write(`${process.argv.slice(2).join('\n')}\n\n`));
screen.on('error', (error) => {
  process.stderr.write(`The screen's service cannot be reached: ${error.message}\n`);
  process.exitCode = 1;
});
screen.on('end', () => screen.end());
screen.resume();
