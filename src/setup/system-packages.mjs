import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { Mistake } from './mistake.mjs';

/** What the tests need beside npm's packages. */
const needed = [
  // Debian's own Chromium, and fonts that have our characters.
  ...['chromium', 'fonts-noto-cjk', 'fonts-morisawa-bizud-gothic'],
  // Others' programs that judge what we make: certificates, JPEG 2000 and XML,
  ...['openssl', 'libopenjp2-tools', 'libxml2-utils', 'poppler-utils'],
  // the card and its reader on a serial line,
  ...['pcscd', 'libccid', 'opensc', 'opensc-pkcs11', 'pcsc-tools'],
  // the card over the air, and the numbers and alerts of a reader;
  ...['libnfc-bin', 'libnfc-dev', 'prometheus'],
  // a compiler for the small programs that the tests bring;
  ...['gcc', 'libc6-dev'],
  // the front panel's compiler, the microcontroller it runs in, and what flashes it,
  ...['gcc-avr', 'avr-libc', 'binutils-avr', 'avrdude', 'libsimavr-dev', 'libelf-dev'],
  // and what makes, checks and takes images and updates.
  ...['rauc', 'squashfs-tools', 'bmap-tools', 'genimage', 'dosfstools', 'mtools', 'e2fsprogs', 'dbus-daemon'],
  ...['grub-common', 'systemd', 'udev', 'kmod', 'cpio', 'xz-utils', 'git'],
];

const BOUND_MS = 10 * 60_000;

/** Installs what is missing by apt-get where this user may; otherwise names it in one line. */
export function installSystemPackages({ log }) {
  const installed = installedOf(needed);
  const missing = needed.filter((name) => !installed.has(name));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Mistake(`system packages are missing: ${missing.join(', ')}. Install them as root: ${command}`);
  }
  log(command);
  apt(['update', '-qq']);
  startingNoService(() => apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]));
}

/** Where Debian's packages ask whether they may start their service (invoke-rc.d(8)); 101 answers no. */
const POLICY = '/usr/sbin/policy-rc.d';

/** A pcscd that the installation starts would hold the readers of the machine, and nothing here uses it. */
function startingNoService(install) {
  if (existsSync(POLICY)) return install();
  writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    install();
  } finally {
    rmSync(POLICY, { force: true });
  }
}

function installedOf(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const query = spawnSync('dpkg-query', ['-W', '-f=${Package} ${db:Status-Status}\n', ...names], { encoding: 'utf8' });
  const lines = (query.stdout ?? '').split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0]));
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = spawnSync('/usr/bin/apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: BOUND_MS });
  if (run.status !== 0) {
    throw new Mistake(
      `apt-get ${args.join(' ')} ended with code ${run.status}. Its message stands above; mend that and run the command again.`,
    );
  }
}
