/** A reader that receives somebody and is killed at a place of the hand-over: to be run as a process of its own. */
import { writeFileSync } from 'node:fs';
import { TEMPORARY } from '../../../src/clinic/durable-file.ts';
import { type FolderFiles, folderFiles } from '../../../src/clinic/folder-delivery.ts';
import { Counter } from '../counter.ts';
import { startFaceWorker } from '../counter-parts.ts';

const [folder = '', place = ''] = process.argv.slice(2);

function passes(here: string): void {
  if (here === place) process.kill(process.pid, 'SIGKILL');
}

const isResult = (path: string) => path.endsWith('.xml');

const files: FolderFiles = {
  ...folderFiles,
  async writeTemporary(path, bytes) {
    if (isResult(path) && place === 'half of the result is written') {
      writeFileSync(path + TEMPORARY, bytes.subarray(0, bytes.length / 2));
      passes(place);
    }
    await folderFiles.writeTemporary(path, bytes);
  },
  async giveName(path) {
    if (isResult(path)) passes('the result is about to get its name');
    else passes('all is written, nothing has its name');
    await folderFiles.giveName(path);
    if (isResult(path)) passes('the result has its name');
  },
};

const counter = await Counter.open(startFaceWorker(), 'gem', { folder, files });
counter.reader.onChange(({ at }) => passes(at));
await counter.provesByPin('adult');
await counter.agrees();
