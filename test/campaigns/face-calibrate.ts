/**
 * Where the match threshold comes from, and how good it is:
 *
 *   npm run -s face:calibrate [-- --faces DIR] [-- --write]
 *
 * Prints the figures as Markdown. `--write` puts them into src/face/README.md and makes src/face/common-face.json, of
 * all East Asian people of the collection; the threshold stands in src/face/models.ts. Some fifteen minutes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { detectorModel, embeddingModels, landmarkModel } from '../../src/face/models.ts';
import { absentMessage, facesFolder, readFaceSet } from '../face/face-set.ts';
import { type Photographs, readPhotographs } from './face-calibrate/pictures.ts';
import { byPerson, commonFaceOf } from './face-calibrate/scores.ts';
import { tablesOf } from './face-calibrate/tables.ts';
import { wordsOf } from './words.ts';

const USAGE = 'usage: face:calibrate [--faces DIR] [--write]';
const START = '<!-- figures: made by `npm run -s face:calibrate -- --write` -->';
const END = '<!-- end of figures -->';

const faceFolder = join(import.meta.dirname, '../../src/face');
const tell = (line: string) => void process.stderr.write(`${line}\n`);
const words = wordsOf({ faces: { type: 'string' }, write: { type: 'boolean', default: false } }, USAGE);
const folder = words.faces ? resolve(words.faces) : facesFolder;
const set = readFaceSet(folder);
if (set) {
  const photographs = await readPhotographs(set, (done, of) => {
    if (done % 100 === 0 || done === of) tell(`photographs: ${done} of ${of}`);
  });
  const date = new Date().toISOString().slice(0, 10);
  const figures = `${heading(date)}\n\n${tablesOf(photographs, tell)}`;
  console.log(figures);
  if (words.write) {
    await writeCommonFace(photographs, date);
    await writeFigures(figures);
  }
} else {
  tell(absentMessage(folder));
  process.exitCode = 1;
}

function heading(date: string): string {
  const models = [detectorModel, landmarkModel, ...embeddingModels];
  const machine = `${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
  return [
    `Made on ${date} (${machine}) with:`,
    models.map(({ id, sha256 }) => `- ${id} \`${sha256}\``).join('\n'),
    'In brackets: the 95 % interval, from 1,000 draws of people.',
  ].join('\n\n');
}

async function writeCommonFace({ found }: Photographs, date: string): Promise<void> {
  const eastAsian = found.filter((photograph) => photograph.eastAsian);
  const people = byPerson(eastAsian);
  const common = commonFaceOf(people);
  const faces = embeddingModels.map(({ id, sha256 }, network) => {
    const mean = Array.from(common[network] ?? [], (value) => Number(value.toFixed(5)));
    return { model: id, sha256, mean };
  });
  const from = `${eastAsian.length} photographs of ${people.length} East Asian people, each also as a card's portrait`;
  await writeFile(join(faceFolder, 'common-face.json'), `${JSON.stringify({ from, date, faces })}\n`);
}

async function writeFigures(figures: string): Promise<void> {
  const path = join(faceFolder, 'README.md');
  const text = await readFile(path, 'utf8');
  const [before, after] = [text.indexOf(START), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error('README.md has no place for the figures');
  await writeFile(path, `${text.slice(0, before)}${START}\n\n${figures}\n\n${text.slice(after)}`);
}
