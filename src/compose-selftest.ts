/** The self-test as a command: on a unit the running reader is asked; elsewhere what can be tested without one is. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { askControl } from './ask-control.ts';
import { protocolsOf } from './card/module/protocols.ts';
import { createSerialModule } from './card/module/serial-module.ts';
import { openSerialPort } from './card/module/serial-port-line.ts';
import { systemClock } from './clock.ts';
import { composeChecks, type TestedWorld } from './compose-checks.ts';
import { programName } from './compose-technician.ts';
import type { Config } from './config.ts';
import { failed, ok, type Result } from './faults/result.ts';
import { evidenceSheet } from './technician/evidence.ts';
import { runSelfTest, type SelfTestReport } from './technician/self-test.ts';
import { languages } from './technician/texts/index.ts';
import { machineFacts } from './technician/unit-facts.ts';

export type { SelfTestReport, SelfTestRow } from './technician/self-test.ts';

/** Where a unit's reader answers its own machine. */
export const CONTROL_SOCKET = '/run/kazasu/control.sock';

/** A reader's whole self-test is given up after 15 s; its answer must still be sent. */
const ANSWER_BOUND_MS = 20_000;

/** Tests what can be tested without a running reader: with `config` also the module and the store that it names. */
export function selfTestHere(config: Config, modelsDir: string, signal: AbortSignal): Promise<SelfTestReport> {
  const { path: recordsPath } = config.records;
  const world: TestedWorld = {
    ...{ clock: systemClock, modelsDir, folder: resolve('build'), isUnit: false },
    ...(config.module.path === undefined ? {} : { module: moduleAt(config.module.path, config.module.protocol) }),
    ...(recordsPath === undefined ? {} : { recordsPath: resolve(recordsPath) }),
  };
  return runSelfTest(composeChecks(world), systemClock, signal);
}

/** Opens the module, asks for its name, and lets it go. */
const moduleAt =
  (path: string, protocol: Config['module']['protocol']) =>
  async (signal: AbortSignal): Promise<Result<string>> => {
    const module = createSerialModule({ path, openLine: openSerialPort, clock: systemClock, protocols: protocolsOf(protocol) });
    try {
      const started = await module.start(signal);
      return started.ok ? ok(module.name) : started;
    } finally {
      await module.close();
    }
  };

/** Whether a reader runs here that can be asked. */
export const isReaderHere = (socket: string): boolean => existsSync(socket);

/** Has the running reader test itself. Fault: SYS-902 (nobody answers, or not as expected). */
export async function askReader(socket: string, signal: AbortSignal): Promise<Result<SelfTestReport>> {
  const question = { path: socket, ask: 'self-test', boundMs: ANSWER_BOUND_MS, clock: systemClock } as const;
  const answer = await askControl(question, signal);
  if (answer.at !== 'answered') return failed('SYS-902', answer.reason);
  const { ok: granted, selfTest, reason = 'it says nothing of its parts' } = (answer.value ?? {}) as ReportAnswer;
  if (granted && selfTest && Array.isArray(selfTest.parts)) return ok(selfTest);
  return failed('SYS-902', `${socket}: the reader did not test itself: ${reason}`);
}

/** As this version's own reader answers; another, or another program, may leave out any of it. */
type ReportAnswer = { readonly ok?: boolean; readonly selfTest?: SelfTestReport; readonly reason?: string };

/** The sheet of this machine, as one HTML file. @param simulated no unit was tested */
export function sheetHere(selfTest: SelfTestReport, config: Config, simulated: boolean): string {
  const unit = {
    readerId: config.readerId,
    institutionCode: config.medicalInstitutionCode,
    program: programName(),
    ...machineFacts(),
  };
  return evidenceSheet({ unit, selfTest, byHand: [], madeAt: systemClock.wall(), simulated });
}

/** What a technician reads of a part, in English as all commands. */
export const partWords = (part: SelfTestReport['parts'][number]['part']) => languages.en.parts[part];
