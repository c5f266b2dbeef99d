/** All stages of an image in order; each is left out while nothing that goes into it has changed. */
import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { refuseDifference } from './build-twice.ts';
import { kernelRelease, makeBoardTree, makeDebianTree, makeKernelTree } from './debian-tree.ts';
import { makeDisk } from './disk.ts';
import { fetchPackages, offeredPackages, updateLists } from './fetch-packages.ts';
import { type ImageFiles, type ImageOptions, imageFiles, sourceDate, writePapers } from './image-files.ts';
import { makeInitramfs } from './initramfs.ts';
import { type LockedPackage, readLock, refuseDrift } from './package-lock.ts';
import { makeProjectTree, PROJECT_INPUTS } from './project-tree.ts';
import { runTool } from './run-tool.ts';
import { makeSquashfs } from './squashfs.ts';
import { hashOfTree, runStage, type Stage } from './stage.ts';
import { makeSystemTree } from './system-tree.ts';
import { own, root, workshop } from './workshop.ts';

type RunStage = (one: Stage) => Promise<string>;

/** @returns whole paths */
export async function buildImage(options: ImageOptions): Promise<ImageFiles> {
  const { target, version, log, updateCa, twice } = options;
  const stage: RunStage = (one) => runStage(workshop.stamps, log, one);
  const packages = readLock();
  const parts = await makeParts(packages, stage);
  mkdirSync(workshop.target(target.name), { recursive: true });
  const files = imageFiles(target, version);
  const initramfs = {
    ...{ debian: workshop.debian, kernel: workshop.kernel, release: kernelRelease(packages) },
    work: workshop.target(target.name, 'initramfs'),
    to: workshop.target(target.name, 'initrd.img'),
  };
  const slot = { tree: workshop.target(target.name, 'tree'), to: files.slot, date: await sourceDate() };
  const system = await stage({
    name: `${target.name}-system`,
    inputs: [parts, ownFiles(), target.name, version, hashOfTree(updateCa)],
    outputs: [slot.tree, initramfs.to],
    async work() {
      await makeInitramfs(initramfs);
      const { release, to } = initramfs;
      await makeSystemTree({ target, version, release, initramfs: to, updateCa, to: slot.tree });
    },
  });
  const made = await stage({
    name: `${target.name}-slot`,
    inputs: [system],
    outputs: [slot.to],
    work: () => makeSquashfs(slot),
  });
  if (twice) {
    log('initramfs and slot once more');
    await refuseDifference(initramfs, slot);
  }
  await stage({
    name: `${target.name}-disk`,
    inputs: [made],
    outputs: [files.disk, files.bmap],
    async work() {
      await makeDisk({ target, slot: files.slot, work: workshop.target(target.name, 'disk'), to: files.disk });
      await runTool('bmaptool', ['create', '-o', files.bmap, files.disk]);
    },
  });
  await writePapers(options, packages, files);
  log(`${relative(root, files.disk)} stands`);
  return files;
}

/** What decides the system besides Debian and the product: this folder, without what only describes or fetches. */
const ownFiles = () => hashOfTree(own, (path) => !path.endsWith('.md') && !path.endsWith('packages.lock.json'));

/** What all targets share. @returns the hash of all of it */
async function makeParts(packages: readonly LockedPackage[], stage: RunStage): Promise<string> {
  const lock = JSON.stringify(packages);
  await stage({
    name: 'packages',
    inputs: [lock],
    outputs: [workshop.debs],
    async work() {
      await updateLists();
      refuseDrift(await offeredPackages(), packages);
      await fetchPackages(packages);
    },
  });
  const debian = await stage({
    name: 'debian',
    inputs: [lock, hashOfTree(join(own, 'debian-tree.ts'))],
    outputs: [workshop.debian, workshop.kernel, workshop.board],
    async work() {
      await makeKernelTree(packages);
      await makeBoardTree(packages);
      await makeDebianTree(packages);
    },
  });
  const project = await stage({
    name: 'project',
    inputs: [...PROJECT_INPUTS.map((path) => hashOfTree(join(root, path))), hashOfTree(join(own, 'project-tree.ts'))],
    outputs: [workshop.project],
    work: makeProjectTree,
  });
  return debian + project;
}
