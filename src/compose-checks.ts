/** What a reader can find out about itself before anyone stands at it: a row a part. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Clock } from './clock.ts';
import type { FaultCode } from './faults/catalogue.ts';
import { failed, ok, type Result } from './faults/result.ts';
import type { CameraPort } from './reception/ports.ts';
import { checkBoard } from './technician/checks/board.ts';
import { checkCardCamera, checkFaceCamera, type StillCamera } from './technician/checks/cameras.ts';
import { checkCertificates, type HeldCertificate } from './technician/checks/certificates.ts';
import { builtAtOf, checkClock } from './technician/checks/clock.ts';
import { checkDisk } from './technician/checks/disk.ts';
import { checkNetwork, networkFacts } from './technician/checks/network.ts';
import { checkPanel, checkServiceSwitch, type TestedPanel } from './technician/checks/panel.ts';
import { checkUpdateKeys } from './technician/checks/update-keys.ts';
import type { Check, Finding } from './technician/self-test.ts';

/** What stands where the test is made. A part that is not named is not here: nothing is known of it. */
export type TestedWorld = {
  readonly clock: Clock;
  readonly modelsDir: string;
  /** Where data is written to. */
  readonly folder: string;
  /** A unit keeps its own time, has a network and a root that cannot be written; of a PC nobody asks that. */
  readonly isUnit: boolean;
  /** Value: the module's name and firmware. Faults: MOD-*. */
  readonly module?: (signal: AbortSignal) => Promise<Result<string>>;
  readonly faceCamera?: CameraPort;
  readonly cardCamera?: StillCamera;
  readonly panel?: TestedPanel;
  readonly gateway?: GatewayPlace;
  readonly certificates?: () => readonly HeldCertificate[];
  readonly recordsPath?: string;
  /** The authorities whose updates are believed. */
  readonly keyring?: string;
};

type GatewayPlace = {
  readonly origin: string;
  readonly tls: { readonly ca: string | Buffer; readonly cert: string | Buffer; readonly key: string | Buffer };
};

/** More checks come in here, each a row; those of one world in the order of `testedParts`. */
export function composeChecks(world: TestedWorld): readonly Check[] {
  const { clock, module, faceCamera, cardCamera, panel, gateway, certificates, recordsPath, keyring } = world;
  const row = rowsOf(world.isUnit);
  return [
    row('card-module', module, async (find, signal) => toFinding(await find(signal))),
    row('face-camera', faceCamera, checkFaceCamera),
    row('card-camera', cardCamera, checkCardCamera),
    row('panel', panel, checkPanel),
    row('service-switch', panel, checkServiceSwitch),
    row('network', world.isUnit || undefined, async () => checkNetwork(networkFacts())),
    row('gateway', gateway, checkGateway),
    row('clock', clock, checkCalendar(world.isUnit)),
    row('certificates', certificates, async (held) => checkCertificates(held(), clock.wall())),
    row('disk', world.folder, (folder) => checkDisk({ folder, readOnlyRoot: world.isUnit })),
    row('update-keys', keyring, async (path) => checkUpdateKeys(path, clock.wall())),
    row('face-models', world.modelsDir, orFault('the models do not run', checkModels)),
    row('portrait-decoder', world.modelsDir, orFault('the portrait decoder does not run', checkPortraitDecoder)),
    row('records', recordsPath, checkStore('database')),
    row('audit-log', recordsPath, checkStore('audit')),
    row('board', '/', async (root) => checkBoard(root)),
  ];
}

/** The staff console's own, once it has one: key and certificate lie in one file. */
export function deskCertificateIn(folder: string): readonly HeldCertificate[] {
  const path = join(folder, 'desk-certificate.pem');
  if (!existsSync(path)) return [];
  const pem = readFileSync(path, 'utf8');
  return [{ name: 'desk', cert: pem, key: pem }];
}

/** Makes rows: one part, with what stands for it here. */
const rowsOf =
  (isUnit: boolean) =>
  <T>(part: Check['part'], thing: T | undefined, run: (thing: T, signal: AbortSignal) => Promise<Finding>): Check => {
    if (thing !== undefined) return { part, run: (signal) => run(thing, signal) };
    const why = isUnit ? 'this unit has none, says its site file' : 'no unit runs here that would have it';
    return { part, run: async () => ({ at: 'not-here', why }) };
  };

function toFinding(result: Result<string | undefined>): Finding {
  if (!result.ok) return { at: 'failed', ...result.fault };
  return result.value === undefined ? { at: 'ok' } : { at: 'ok', found: result.value };
}

/** What throws is a package that is absent or broken, found out only when it is loaded: hence the imports inside the checks. */
function orFault<T>(what: string, check: (thing: T) => Promise<Result<string | undefined>>): (thing: T) => Promise<Finding> {
  return (thing) =>
    check(thing)
      .catch((error) => failed('FACE-406', `${what} (${firstLine(error)})`))
      .then(toFinding);
}

/** What an import that is not found adds is where it was looked for. */
const firstLine = (error: unknown): string => String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';

/** Present, the very ones that are pinned, and able to run. Faults: FACE-403, FACE-406. */
async function checkModels(modelsDir: string): Promise<Result<undefined>> {
  const { loadNetworks } = await import('./face/networks.ts');
  const { warmUp } = await import('./face/warm-up.ts');
  const networks = await loadNetworks(modelsDir);
  if (!networks.ok) return networks;
  await warmUp(networks.value);
  return ok(undefined);
}

/** Faults: FACE-404, FACE-406. */
async function checkPortraitDecoder(): Promise<Result<undefined>> {
  const { loadPortraitDecoder } = await import('./face/decode-portrait.ts');
  const { isKnownPortrait, KNOWN_PORTRAIT } = await import('./face/known-portrait.ts');
  const decode = await loadPortraitDecoder();
  const portrait = decode(KNOWN_PORTRAIT);
  if (!portrait.ok) return portrait;
  return isKnownPortrait(portrait.value) ? ok(undefined) : failed('FACE-404', 'a known portrait is decoded to something else');
}

const checkCalendar = (mustBeSynchronised: boolean) => async (clock: Clock) => {
  const { systemClockTrust } = await import('./records/clock-trust.ts');
  const builtAt = builtAtOf(resolve('package.json'));
  return checkClock({ now: clock.wall(), builtAt, trust: systemClockTrust(), mustBeSynchronised });
};

/** A question that needs no reception, over TLS with this reader's own certificate. */
async function checkGateway({ origin, tls }: GatewayPlace, signal: AbortSignal): Promise<Finding> {
  const { httpsRequest } = await import('./eligibility/http-request.ts');
  const { statusFault, transportFault } = await import('./eligibility/gateway-fault.ts');
  const line = httpsRequest(origin, tls);
  try {
    const { status } = await line.request({ method: 'GET', path: '/v1/health', headers: {}, maxAnswerBytes: 16_384, signal });
    const fault = statusFault(status);
    return fault ? { at: 'failed', code: fault.code, detail: `${origin}: ${fault.detail}` } : { at: 'ok', found: origin };
  } catch (error) {
    const failing = (code: FaultCode, detail: string): Finding => ({ at: 'failed', code, detail: `${origin}: ${detail}` });
    if (signal.aborted) return failing('GATE-501', 'no answer in time');
    const { code, detail = '' } = transportFault(error);
    // TLS 1.3 turns a client's certificate down after the handshake; often the line is closed before its alert is read.
    if (detail === CLOSED_AFTER_HANDSHAKE)
      return failing('GATE-504', 'it closed the line once it had seen this reader’s certificate');
    return failing(code, detail);
  } finally {
    await line.close();
  }
}

/** Of undici: a line that stood was closed by the other side. */
const CLOSED_AFTER_HANDSHAKE = 'UND_ERR_SOCKET';

const checkStore = (at: 'database' | 'audit') => async (path: string, signal: AbortSignal) => {
  const { lookAtStore } = await import('./records/store-look.ts');
  const looked = await lookAtStore({ path, at }, signal);
  if (looked.ok) return toFinding(looked);
  return { at: 'failed', code: at === 'database' ? 'UNIT-959' : 'UNIT-960', detail: looked.fault.detail ?? '' } as const;
};
