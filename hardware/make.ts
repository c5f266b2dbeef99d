/** `npm run -s hardware`: makes anew what is drawn and listed from the JSON files; with `--views` also the enclosure's pictures (OpenSCAD). */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { layoutForOpenscad } from './enclosure/openscad.ts';
import { billOfMaterials, powerBudget, sightTable } from './tables.ts';
import { drawWiring } from './wiring.ts';

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** File → what it has to hold. */
export const made: Readonly<Record<string, () => string>> = {
  'wiring.svg': drawWiring,
  'bill-of-materials.md': billOfMaterials,
  'power-budget.md': powerBudget,
  'enclosure/sight.md': sightTable,
  'enclosure/layout.scad': layoutForOpenscad,
};

/** What is looked at, and from where (OpenSCAD's camera: where it looks, its turns, its distance). */
const views = {
  closed: '135,110,150,68,0,28,1150',
  open: '135,110,150,72,0,62,1150',
  screwed: '135,115,-30,50,0,205,850',
} as const;

function renderViews(): number {
  for (const [view, camera] of Object.entries(views)) {
    const to = pathOf(`enclosure/${view}.png`);
    process.stderr.write(`enclosure/${view}.png\n`);
    const run = spawnSync(
      'xvfb-run',
      [
        ...[
          '-a',
          'openscad',
          '-o',
          to,
          '-D',
          `view="${view}"`,
          // A preview is quick and coloured, but draws what is cut several times in stripes.
          view === 'screwed' ? '--render' : '--preview',
          '--colorscheme=Tomorrow',
          '--imgsize=1000,800',
          `--camera=${camera}`,
        ],
        pathOf('enclosure/enclosure.scad'),
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
    );
    if (run.status !== 0) {
      const why = run.error ? `${run.error.message}. On Debian: apt install openscad xvfb xauth` : run.stderr;
      process.stderr.write(`${view}.png was not made: ${why}\n`);
      return 1;
    }
  }
  return 0;
}

if (import.meta.main) {
  for (const [name, make] of Object.entries(made)) writeFileSync(pathOf(name), make());
  if (process.argv.includes('--views')) process.exitCode = renderViews();
}
