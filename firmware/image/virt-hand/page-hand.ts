/**
 * Stands for Chromium on an emulated board: opens the kiosk's address as a browser does, answers the reader's beats, and
 * is led over a line from outside, a line of text for each thing that passes:
 *
 *     → {"screen": SNAPSHOT}       what the reader shows, each time that it changes
 *     → {"lost": true}             the reader's WebSocket has closed
 *     ← {"intent": INTENT}         a touch on the screen that was shown last
 *     ← {"key": "4"}               one key of the digit pad
 *
 * It decides nothing. In images for tests only.
 */
import { createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BEAT, PIN_KEY } from '../../../src/kiosk/protocol.ts';

const line = openSync(process.argv[2] ?? '', 'r+');
const tell = (what: unknown) => writeSync(line, `${JSON.stringify(what)}\n`);

const flags = createInterface({ input: process.stdin });
for await (const flag of flags) {
  if (flag === '') break;
  if (flag.startsWith('--app=')) await open(flag.slice('--app='.length));
}
// The reader ends its screen by closing the connection.
process.stdin.resume().on('end', () => end());

async function open(address: string): Promise<void> {
  const booted = await fetch(address, { redirect: 'manual' });
  const cookie = booted.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { origin, host, search } = new URL(address);
  // Node's WebSocket takes headers; the types know the browser's only.
  const Opened = WebSocket as unknown as new (url: string, options: { headers: Record<string, string> }) => WebSocket;
  const page = new Opened(`ws://${host}/link${search}`, { headers: { cookie, origin } });
  page.binaryType = 'arraybuffer';
  let revision = 0;
  page.onmessage = ({ data }) => {
    if (typeof data === 'string') {
      revision = JSON.parse(data).revision;
      writeSync(line, `{"screen":${data}}\n`);
    } else if (new Uint8Array(data)[0] === BEAT) page.send(data);
  };
  page.onclose = () => {
    tell({ lost: true });
    end();
  };
  createInterface({ input: createReadStream('', { fd: line, autoClose: false }) }).on('line', (text) => {
    const { intent, key } = JSON.parse(text);
    if (intent) page.send(JSON.stringify({ type: 'intent', revision, intent }));
    if (key) page.send(Uint8Array.of(PIN_KEY, key.charCodeAt(0)));
  });
}

/** At once: Node's own end waits for the read that hangs on the line, and the next page would find the line taken. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
