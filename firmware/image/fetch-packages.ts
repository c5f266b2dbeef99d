/** Fetches the locked Debian packages for arm64 by this PC's own mirror, with an apt state of their own. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from './mistake.ts';
import { type LockedPackage, packageOfUri } from './package-lock.ts';
import wanted from './packages.json' with { type: 'json' };
import { runTool } from './run-tool.ts';
import { workshop } from './workshop.ts';

const KEYS = '/usr/share/keyrings/debian-archive-keyring.gpg';
/** What every Debian system needs, without being asked for. */
const ESSENTIAL = '?and(?essential,?architecture(arm64))';

/** Brings apt's lists up to date. */
export async function updateLists(): Promise<void> {
  const folder = workshop.apt;
  for (const part of ['state/lists/partial', 'cache/archives/partial']) mkdirSync(join(folder, part), { recursive: true });
  const mirrors = await mirrorsOfThisPc();
  const lines = wanted.suites.map(({ label, suite }) => {
    const mirror = mirrors.get(label);
    if (mirror === undefined)
      throw new Mistake(`This PC's apt knows no mirror for ${label}: add Debian's to its sources and run apt update.`);
    return `deb [signed-by=${KEYS}] ${mirror} ${suite} ${wanted.components.join(' ')}\n`;
  });
  writeFileSync(join(folder, 'sources.list'), lines.join(''));
  writeFileSync(join(folder, 'apt.conf'), aptConfiguration(folder));
  await apt(['update', '-qq']);
}

const aptConfiguration = (folder: string) => `APT::Architecture "arm64"; APT::Architectures "arm64";
APT::Install-Recommends "false"; APT::Sandbox::User "root";
Dir::State "${folder}/state"; Dir::State::status "/dev/null"; Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/sources.list"; Dir::Etc::sourceparts "/dev/null"; Dir::Etc::parts "/dev/null";
`;

const apt = (args: readonly string[], cwd?: string) =>
  runTool('apt-get', args, { env: { APT_CONFIG: join(workshop.apt, 'apt.conf') }, ...(cwd ? { cwd } : {}) });

async function mirrorsOfThisPc(): Promise<ReadonlyMap<string, string>> {
  const printed = await runTool('apt-get', ['indextargets', '--format', '$(LABEL) $(REPO_URI)', 'Created-By: Packages']);
  return new Map(printed.split('\n').flatMap((line) => (line.includes(' ') ? [line.split(' ', 2) as [string, string]] : [])));
}

/** @returns what would be fetched now */
export async function offeredPackages(): Promise<readonly LockedPackage[]> {
  const simulated = await apt(['install', '--simulate', ESSENTIAL, ...Object.values(wanted.installed).flat()]);
  const installed = [...simulated.matchAll(/^Inst (\S+) \((\S+) /gm)].map(([, name, version]) => `${name}=${version}`);
  return [
    ...(await described(installed, 'installed')),
    ...(await described([await kernelPackage()], 'kernel')),
    ...(await described(wanted.unpacked.board, 'board')),
  ];
}

async function described(names: readonly string[], use: LockedPackage['use']): Promise<readonly LockedPackage[]> {
  const printed = await apt(['download', '-qq', '--print-uris', ...names]);
  const packages = printed.split('\n').flatMap((line) => packageOfUri(line, use) ?? []);
  if (packages.length === names.length) return packages;
  throw new Mistake(`apt describes ${packages.length} of ${names.length} packages. Does this PC's mirror carry arm64?`);
}

/** The package that Debian's name for its newest kernel stands for. */
async function kernelPackage(): Promise<string> {
  const env = { APT_CONFIG: join(workshop.apt, 'apt.conf') };
  const printed = await runTool('apt-cache', ['depends', wanted.unpacked.kernel], { env });
  const name = /Depends: (linux-image-\S+)/.exec(printed)?.[1];
  if (name === undefined) throw new Mistake(`${wanted.unpacked.kernel} names no kernel package.`);
  return name;
}

/** Fetches what is not there yet, and refuses a file that is not the locked one. */
export async function fetchPackages(locked: readonly LockedPackage[]): Promise<void> {
  mkdirSync(workshop.debs, { recursive: true });
  const missing = locked.filter((one) => hashOfDeb(one) !== one.sha256);
  // Many at once: apt keeps its connections.
  if (missing.length > 0)
    await apt(['download', '-qq', ...missing.map(({ name, version }) => `${name}=${version}`)], workshop.debs);
  for (const one of missing) {
    if (hashOfDeb(one) !== one.sha256) throw new Mistake(`${one.file} is not the file that packages.lock.json names.`);
  }
  const names = new Set(locked.map(({ file }) => file));
  for (const file of readdirSync(workshop.debs)) if (!names.has(file)) rmSync(join(workshop.debs, file));
}

export const debPath = ({ file }: LockedPackage): string => join(workshop.debs, file);

function hashOfDeb(one: LockedPackage): string {
  const path = debPath(one);
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : '';
}
