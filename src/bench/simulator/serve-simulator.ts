/** The simulator as the command line asks for it, in words: read, started, exported, with its control socket. */
import { resolve } from 'node:path';
import { protocolsOf } from '../../card/module/protocols.ts';
import type { Clock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { type GemVariantName, gemVariants } from '../module/gem-variants.ts';
import { openCardDrawer } from './card-drawer.ts';
import { openControlSocket } from './control-socket.ts';
import { exportPersona } from './export-persona.ts';
import { type PlannedFault, readFault } from './fault-words.ts';
import { openSimulator, type SimulatorStatus } from './simulator.ts';

export type SimulatorWish = {
  readonly module: string;
  readonly variant?: string | undefined;
  readonly persona: string;
  /** One of the two. */
  readonly link?: string | undefined;
  readonly device?: string | undefined;
  readonly baudRate?: number | undefined;
  readonly paced: boolean;
  readonly faults: readonly string[];
  readonly control?: string | undefined;
  readonly exportTo?: string | undefined;
  /** Told of each command to the card and its answer, masked. */
  readonly onApduLine: (line: string) => void;
};

export type ServedSimulator = {
  readonly status: SimulatorStatus;
  /** 照合番号B of the card that lies there, a test value; undefined when it has none. */
  readonly verificationCodeB: string | undefined;
  readonly controlPath: string | undefined;
  /** Names of the files written, none without `exportTo`. */
  readonly exported: readonly string[];
  /** Resolves with `quit`, or when the serial port is gone. */
  readonly ended: Promise<'quit' | 'line-gone'>;
  /** Takes link and socket away. */
  close(): Promise<void>;
};

/** Faults: SYS-902 whose detail says which word is wrong and what to write, MOD-202 (the serial port cannot be opened). */
export async function serveSimulator(wish: SimulatorWish, clock: Clock): Promise<Result<ServedSimulator>> {
  const protocol = protocolsOf('auto').find(({ id }) => id === wish.module)?.id;
  if (!protocol) {
    const known = protocolsOf('auto').map(({ id }) => id);
    return failed('SYS-902', `--module: there is no module "${wish.module}". Known: ${known.join(', ')}`);
  }
  const place = wish.link === undefined ? wish.device && { device: wish.device } : { link: wish.link };
  if (!place || (wish.link !== undefined && wish.device !== undefined)) {
    return failed('SYS-902', 'give either --link PATH (a pseudo-terminal) or --device PATH (a real serial port)');
  }
  const variant = readVariant(wish.variant, wish.module);
  if (!variant.ok) return variant;
  const faults = readFaults(wish.faults);
  if (!faults.ok) return faults;
  const drawer = await openCardDrawer(clock);
  const card = await drawer.draw(wish.persona);
  if (!card.ok) return failed('SYS-902', `--persona: ${card.fault.detail}`);
  const exported = wish.exportTo === undefined ? ok([]) : await exportPersona(resolve(wish.exportTo), drawer, card.value);
  if (!exported.ok) return exported;
  const { paced, onApduLine } = wish;
  const rate = wish.baudRate === undefined ? {} : { baudRate: wish.baudRate };
  const kind = variant.value && { variant: variant.value };
  const options = { clock, protocol, place, drawer, card: card.value, paced, faults: faults.value, onApduLine, ...rate, ...kind };
  const simulator = await openSimulator(options);
  if (!simulator.ok) return simulator;
  const ending = Promise.withResolvers<'quit' | 'line-gone'>();
  const quit = () => ending.resolve('quit');
  simulator.value.ended.addEventListener('abort', () => ending.resolve('line-gone'), { once: true });
  const control = wish.control === undefined ? undefined : await openControlSocket(wish.control, simulator.value, quit);
  if (control && !control.ok) {
    await simulator.value.close();
    return control;
  }
  return ok({
    status: simulator.value.status(),
    verificationCodeB: card.value.card.holder?.verificationCodeB,
    controlPath: control?.value.path,
    exported: exported.value,
    ended: ending.promise,
    async close() {
      await control?.value.close();
      await simulator.value.close();
    },
  });
}

function readVariant(word: string | undefined, module: string): Result<GemVariantName | undefined> {
  if (word === undefined) return ok(undefined);
  const names = Object.keys(gemVariants) as GemVariantName[];
  const name = names.find((each) => each === word);
  if (module === 'gem' && name) return ok(name);
  return failed('SYS-902', `--variant: with --module gem one of ${names.join(', ')}; no other module has variants`);
}

function readFaults(words: readonly string[]): Result<readonly PlannedFault[]> {
  const planned: PlannedFault[] = [];
  for (const each of words) {
    const fault = readFault(each);
    if (!fault.ok) return failed('SYS-902', `--fault: ${fault.fault.detail}`);
    planned.push(fault.value);
  }
  return ok(planned);
}
