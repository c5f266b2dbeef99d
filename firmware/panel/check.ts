/** Asks a panel at the end of a cable who it is and how it has been. */
import { openSerialPort } from '../../src/card/module/serial-port-line.ts';
import { systemClock } from '../../src/clock.ts';

type PanelReport = {
  readonly buildId: string;
  /** Of the last reset: power-on, reset line, brown-out, watchdog. */
  readonly resets: readonly string[];
  readonly seconds: number;
  /** Times the host was silent for too long. */
  readonly silences: number;
  readonly malformed: number;
  readonly lostBytes: number;
  readonly unsent: number;
};
export type Checked = { readonly ok: true; readonly report: PanelReport } | { readonly ok: false; readonly message: string };

/** Opening the port resets the board, whose bootloader listens for a second before the program starts. */
const ANSWER_WITHIN_MS = 6_000;
const ASK_EVERY_MS = 500;
const WRITE_WITHIN_MS = 1_000;
const FIRMWARE = 0x79;
const STATUS = 0x06;
const questions = Uint8Array.of(0xf0, FIRMWARE, 0xf7, 0xf0, STATUS, 0xf7);
const resets = ['power-on', 'reset line', 'brown-out', 'watchdog'];

export async function checkPanel(port: string, baudRate: number): Promise<Checked> {
  const opened = await openSerialPort(port, { baudRate, dataBits: 8, parity: 'none', stopBits: 1 });
  if (!opened.ok) return { ok: false, message: `${port} cannot be opened: ${opened.fault.detail}. Is the panel's cable in?` };
  const line = opened.value;
  const answered = Promise.withResolvers<Checked>();
  const silent: Checked = {
    ok: false,
    message: `No panel answers at ${port}. Is it this port? If it is, its program is missing or broken: firmware panel flash --port ${port}`,
  };
  const giveUp = systemClock.after(ANSWER_WITHIN_MS, () => answered.resolve(silent));
  let bytes: number[] = [];
  let stopAsking = () => {};

  line.onEnd(() => answered.resolve(silent));
  line.onBytes((more) => {
    bytes.push(...more);
    const report = reportIn(bytes);
    if (report) answered.resolve({ ok: true, report });
    // Never more than some answers: what talks without end is no panel.
    bytes = bytes.slice(-1_000);
  });
  ask();

  function ask(): void {
    void line.write(questions, WRITE_WITHIN_MS);
    stopAsking = systemClock.after(ASK_EVERY_MS, ask);
  }

  const checked = await answered.promise;
  giveUp();
  stopAsking();
  await line.close();
  return checked;
}

function reportIn(bytes: readonly number[]): PanelReport | undefined {
  const firmware = sysexIn(bytes, FIRMWARE);
  const status = sysexIn(bytes, STATUS);
  if (firmware === undefined || status?.length !== 11) return undefined;
  const name = String.fromCharCode(...firmware.slice(2).filter((_, index) => index % 2 === 0));
  const [kind, buildId] = name.split(' ');
  if (kind !== 'kazasu-panel' || buildId === undefined) return undefined;
  const [reset = 0, ...rest] = status;
  const value = (index: number) => (rest[2 * index] ?? 0) | ((rest[2 * index + 1] ?? 0) << 7);
  return {
    buildId,
    resets: resets.filter((_, bit) => reset & (1 << bit)),
    seconds: value(0),
    silences: value(1),
    malformed: value(2),
    lostBytes: value(3),
    unsent: value(4),
  };
}

/** The data of the last whole sysex of this kind. */
function sysexIn(bytes: readonly number[], kind: number): readonly number[] | undefined {
  for (let start = bytes.length - 1; start >= 0; start--) {
    if (bytes[start] !== 0xf0 || bytes[start + 1] !== kind) continue;
    const end = bytes.indexOf(0xf7, start);
    if (end > 0) return bytes.slice(start + 2, end);
  }
  return undefined;
}
