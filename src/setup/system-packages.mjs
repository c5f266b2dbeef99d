import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Mistake } from './mistake.mjs';

/** What the tests need beside npm's packages: Debian's own Chromium, fonts that have our characters, and two peers
 *  that judge what we make (certificates, JPEG 2000). */
const needed = ['chromium', 'fonts-noto-cjk', 'fonts-morisawa-bizud-gothic', 'openssl', 'libopenjp2-tools'];

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
  apt(['install', '-y', '-qq', '--no-install-recommends', ...missing]);
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
