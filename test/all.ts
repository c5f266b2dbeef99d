/** Everything that `npm test` checks, with one plain closing line. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

const report = 'build/test-report.json';
let passed = 0;
let failed = 0;

function run(command: string, args: readonly string[]): boolean {
  process.stdout.write(`\n— ${[command, ...args].join(' ')}\n`);
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function check(command: string, args: readonly string[]): void {
  if (run(command, args)) passed++;
  else failed++;
}

check('tsc', ['-p', '.']);
check('tsc', ['-p', 'src/kiosk/ui']);
check('tsc', ['-p', 'src/bench/dock/ui']);
check('tsc', ['-p', 'src/desk/ui']);
check('biome', ['check', '.']);
check('knip', []);

mkdirSync('build', { recursive: true });
rmSync(report, { force: true });
const green = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
try {
  const tests = JSON.parse(readFileSync(report, 'utf8')) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
  };
  passed += tests.numPassedTests;
  failed += tests.numFailedTests;
  // A suite that could not even be loaded, or an error between tests, fails the run without failing a test.
  if (!green && tests.numFailedTests === 0) failed++;
  if (tests.numPendingTests > 0)
    process.stdout.write(`\n${tests.numPendingTests} tests were skipped; the output above says why.\n`);
} catch {
  failed++;
}

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
