/**
 * A patient's hand and eye in place of a browser: opens the kiosk page's one WebSocket as Chromium would, answers each beat,
 * and does what the screen asks until the reception is over. Writes every screen to the file that HAND_LOG names.
 */
import { appendFileSync } from 'node:fs';
import { BEAT, PIN_KEY, type Screen, type Snapshot } from '../../src/kiosk/protocol.ts';
import type { Intent, PatientAnswer } from '../../src/reception/state.ts';
import { ask, nextMessage, openSocket } from '../kiosk/local-client.ts';

const url = process.argv.find((word) => word.startsWith('--app='))?.slice('--app='.length) ?? '';
const { origin, host } = new URL(url);
const booted = await ask(url);
const cookie = String(booted.headers['set-cookie']).split(';')[0] ?? '';
const { search } = new URL(String(booted.headers['location']), origin);
const opened = await openSocket(`ws://${host}/link${search}`, { cookie, origin });
if ('refused' in opened) throw new Error(`the page was refused: ${opened.refused}`);
const { socket } = opened;
socket.on('close', () => process.exit());

let seen = '';

function take(data: Buffer): void {
  // What is shown is JSON; pictures of a recorded camera are not looked at.
  if (data[0] === BEAT) socket.send(Buffer.of(BEAT, data[1] ?? 0));
  if (data[0] !== 0x7b) return;
  const { revision, screen, simulated } = JSON.parse(data.toString('utf8')) as Snapshot;
  const shown = 'code' in screen ? `${screen.at} ${screen.code}` : screen.at;
  if (shown !== seen) appendFileSync(process.env['HAND_LOG'] ?? '', `${shown}${simulated.length > 0 ? ' simulated' : ''}\n`);
  const before = seen;
  seen = shown;
  const say = (intent: Intent) => socket.send(JSON.stringify({ type: 'intent', revision, intent }));
  act(screen, before, say);
}

function act(screen: Screen, before: string, say: (intent: Intent) => void): void {
  if (screen.at === 'choosing' && before !== 'choosing') say({ type: 'choose', method: 'pin' });
  if (screen.at === 'entering-pin' && screen.digits === 4) say({ type: 'continue' });
  if (screen.at === 'entering-pin' && before !== 'entering-pin') {
    for (const digit of Buffer.from(process.env['HAND_PIN'] ?? '')) socket.send(Buffer.of(PIN_KEY, digit));
  }
  if (screen.at === 'asking') say({ type: 'answer', answer: agreeing(screen.question.ask) });
}

function agreeing(to: PatientAnswer['to']): PatientAnswer {
  switch (to) {
    case 'consent':
      return { to, items: ['medicines', 'checkups', 'treatment', 'surgery'] };
    case 'prescription':
      return { to, form: '2' };
    case 'dispensing':
      return { to, chosen: [] };
    default:
      return { to, yes: true };
  }
}

// From the inbox: the first screen may come together with the answer to the upgrade.
for (;;) take(await nextMessage(socket));
