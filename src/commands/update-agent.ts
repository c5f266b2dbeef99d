/** `kazasu update-agent`: keeps one reader up to date, until it is asked to stop. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeUpdateAgent, type UpdateAgentOptions } from '../compose-update.ts';
import { askedToStop } from './asked-to-stop.ts';

const USAGE = `usage: kazasu update-agent --site FILE --control SOCKET [--state DIR]
  --state DIR             where its state lies; /data/update without it
  --certificate FILE, --key FILE   the device's own; without them as systemd hands them over
  --reboot-request FILE   what systemd watches for to restart the unit; /run/kazasu-update/reboot without it
  --os-release FILE, --rauc PROGRAM   other than the image's own, for tests
`;

/** Writes one JSON line an event. @returns 0 when it was asked to stop, 1 when it cannot begin, 2 for a wrong call */
export async function updateAgent(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  const agent = composeUpdateAgent(wish, (line) => process.stdout.write(`${line}\n`));
  if (!agent.ok) {
    process.stderr.write(`No updates (${agent.fault.code}): ${agent.fault.detail}\n`);
    return 1;
  }
  const stop = new AbortController();
  void askedToStop().then(() => stop.abort());
  await agent.value.run(stop.signal);
  return 0;
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): UpdateAgentOptions | string {
  // systemd.exec(5), LoadCredential=
  const handedOver = process.env['CREDENTIALS_DIRECTORY'] ?? '/run/credentials/kazasu-update.service';
  const options = {
    site: { type: 'string' },
    control: { type: 'string' },
    state: { type: 'string', default: '/data/update' },
    certificate: { type: 'string', default: join(handedOver, 'device-certificate') },
    key: { type: 'string', default: join(handedOver, 'device-key') },
    'reboot-request': { type: 'string', default: '/run/kazasu-update/reboot' },
    'os-release': { type: 'string', default: '/etc/os-release' },
    rauc: { type: 'string', default: 'rauc' },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { site, control, 'reboot-request': rebootRequest, 'os-release': osRelease, ...rest } = values;
    if (site === undefined) return '--site FILE is missing';
    if (control === undefined) return '--control SOCKET is missing';
    return { site, control, rebootRequest, osRelease, ...rest };
  } catch (error) {
    return (error as Error).message;
  }
}
