/**
 * A reader in a process of its own, without anything of the bench in its memory: cable and gateway lead to the bench in
 * the process that started it, which says what is touched and typed, one digit a message.
 */
import { createPublicKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openSerialPort } from '../../src/card/module/serial-port-line.ts';
import { systemClock } from '../../src/clock.ts';
import { composeReader } from '../../src/compose.ts';
import { openHandOvers } from '../../src/compose-clinic.ts';
import { openStaff } from '../../src/compose-desk.ts';
import { readConfig } from '../../src/config.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { Frame } from '../../src/reception/ports.ts';
import type { Intent, State } from '../../src/reception/state.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import type { World } from '../../src/world.ts';
import { scriptedFace } from './scripted-face.ts';

type Start = {
  readonly module: World['module'];
  readonly gateway: World['gateway'];
  /** PEM */
  readonly cvKey: string;
  /** With the facility's password, and `clinic` in it. */
  readonly folder: string;
};
export type Told =
  | { readonly start: Start }
  | { readonly intent: Intent }
  | { readonly key: number }
  | { readonly collect: true };

async function open({ module, gateway, cvKey, folder }: Start) {
  const clock = systemClock;
  const onDefect = (error: unknown) => process.stderr.write(`${(error as Error).stack}\n`);
  const paths = { folder: join(folder, 'clinic'), recordsPath: join(folder, 'records.sqlite') };
  const { clinic, records } = must(openHandOvers({ config: must(readConfig()), ...paths, clock, simulated: true, onDefect }));
  const staff = must(openStaff({ folder, clock, random: randomBytes }));
  const face = Object.assign(scriptedFace(clock), { sight: 'somebody-else' as const });
  const world: World = {
    ...{ module, gateway, openLine: openSerialPort, trustedCvKeys: [createPublicKey(cvKey)], simulated: true },
    // The print cannot be read, so that 照合番号B is typed.
    front: { simulated: true, readCode: async () => failed('CARD-108') },
    camera: { frames: async (signal) => ok(noFrames(signal)) },
    panel: { show() {}, play() {} },
  };
  const timeline = new Timeline(clock.now);
  const composed = composeReader({ world, clock, timeline, face, clinic, records, staff: staff.port, onDefect });
  must(await composed.moduleStarted);
  return composed.reader;
}

async function* noFrames(signal: AbortSignal): AsyncGenerator<Frame> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail ?? ''}`);
  return result.value;
}

const tell = (state: State) => process.send?.(state);
let reader: Awaited<ReturnType<typeof open>> | undefined;

process.on('message', async (told: Told) => {
  if ('start' in told) {
    reader = await open(told.start);
    reader.onChange(tell);
    tell(reader.state);
  } else if ('intent' in told) reader?.intent(told.intent);
  else if ('key' in told) reader?.pinKey(told.key);
  else (globalThis as { gc?: () => void }).gc?.();
});
process.on('disconnect', () => process.exit());
