/** What a run has shown, for people and for programs. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runTool } from '../image/run-tool.ts';
import { root } from '../image/workshop.ts';
import type { StepReport } from './step.ts';

export type RunReport = {
  /** What the image's manifest says of it, read before the run: another image may lie there at its end. */
  readonly manifest: { readonly commit: string; readonly files: readonly unknown[] };
  readonly reports: readonly StepReport[];
  /** The name of a run of some steps only. */
  readonly part: string | undefined;
};

/** Writes `DATE-virt.md` and `.json`, or `DATE-virt-PART.md` and `.json`. @returns the path of the first, from the repository's root */
export async function writeReport({ manifest, reports, part }: RunReport): Promise<string> {
  const folder = join(root, 'firmware/reports');
  mkdirSync(folder, { recursive: true });
  const { commit, files } = manifest;
  const date = new Date().toISOString().slice(0, 10);
  const qemu = /version (\S+)/.exec(await runTool('qemu-system-aarch64', ['--version']))?.[1];
  const path = join(folder, part === undefined ? `${date}-virt` : `${date}-virt-${part}`);
  const shown = part === undefined ? reports : reports.filter(({ outcome }) => outcome !== 'not run');
  writeFileSync(`${path}.json`, `${JSON.stringify({ date, commit, qemu, files, steps: shown }, null, 2)}\n`);
  const rows = shown.map(
    ({ name, outcome, seconds, found }) => `| ${name} | ${outcome} | ${seconds || ''} | ${found.replaceAll('|', '/')} |`,
  );
  const text = `# An emulated reader, ${date}${part === undefined ? '' : `: ${part}`}

Commit ${commit}, QEMU ${qemu}.
The machine's own time goes by its instructions, 1 ns each, so a bound inside means what it means on a board of about
1 GHz; the seconds below are this PC's, which is many times slower.
Card, gateway, release server and time server were simulated outside the machine; in all steps but
Chromium's own the page was a program that speaks the kiosk page's protocol. Nothing here has run on real hardware.

| step | outcome | seconds | found |
|---|---|---|---|
${rows.join('\n')}
`;
  writeFileSync(`${path}.md`, text);
  return relative(root, `${path}.md`);
}
