/** Before a system becomes a slot, its own programs look at it: a missing library or a misspelt unit is found here. */
import { globSync } from 'node:fs';
import { Mistake } from './mistake.ts';
import { runTool } from './run-tool.ts';

const UNITS = [
  ...[
    'kazasu.service',
    'kazasu-site.service',
    'kazasu-share.service',
    'kazasu-update.service',
    'kazasu-kiosk.socket',
    'kazasu-kiosk@1.service',
  ],
  ...['kazasu-reboot.path', 'kazasu-reboot.service', 'kazasu-grubenv.service'],
];
const RULES = '/etc/udev/rules.d/90-kazasu.rules';

/** What must find all its libraries, from the tree's root on. */
const PROGRAMS = [
  ...['usr/bin/cage', 'usr/sbin/seatd', 'usr/bin/rauc', 'usr/lib/chromium/chromium', 'opt/node/bin/node'],
  'opt/kazasu/node_modules/onnxruntime-node/bin/*/linux/arm64/*.so*',
  'opt/kazasu/node_modules/@img/sharp-linux-arm64/lib/*.node',
  'opt/kazasu/node_modules/@serialport/bindings-cpp/prebuilds/linux-arm64/*glibc.node',
];

/** Throws a Mistake that names what is wrong. */
export async function checkTree(tree: string): Promise<void> {
  const programs = PROGRAMS.flatMap((pattern) => {
    const found = globSync(pattern, { cwd: tree });
    if (found.length === 0) throw new Mistake(`The system has no ${pattern}.`);
    return found.map((path) => `/${path}`);
  });
  const printed = await inside(tree, CHECKS, [RULES, UNITS.join(' '), ...programs]);
  if (printed.trim() !== '') throw new Mistake(`The system is not whole:\n${printed}`);
}

/** Prints nothing when all is well. */
const CHECKS = `
rules=$1; units=$2; shift 2
udevadm verify --no-summary "$rules" 2>&1 | grep -v '^$'
systemd-analyze verify $units 2>&1
for program; do /lib/ld-linux-aarch64.so.1 --list "$program" 2>&1 | grep 'not found' | sed "s#^#$program: #"; done
/opt/node/bin/node --version > /dev/null 2>&1 || echo "/opt/node/bin/node does not run"
`;

/** Under emulation, in a mount namespace of its own. @returns what was printed */
function inside(tree: string, script: string, args: readonly string[]): Promise<string> {
  const enter =
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && tree=$1 && shift && exec chroot "$tree" sh -c "$@"';
  return runTool('unshare', [
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    enter,
    'sh',
    tree,
    `${script}\ntrue`,
    'sh',
    ...args,
  ]);
}
