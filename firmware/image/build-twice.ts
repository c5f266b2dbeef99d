/** Whether what was built comes out the same again: a builder elsewhere can then check what is given out. */
import { rmSync } from 'node:fs';
import { hashFile } from '../update/signed-sums.ts';
import { type InitramfsOptions, makeInitramfs } from './initramfs.ts';
import { Mistake } from './mistake.ts';
import { makeSquashfs, type SquashfsOptions } from './squashfs.ts';

/** @param initramfs @param slot as they were built: the options that each was made by. Throws a Mistake that names the difference */
export async function refuseDifference(initramfs: InitramfsOptions, slot: SquashfsOptions): Promise<void> {
  await buildAgain('initramfs', initramfs.to, (to) => makeInitramfs({ ...initramfs, to }));
  await buildAgain('slot', slot.to, (to) => makeSquashfs({ ...slot, to }));
}

async function buildAgain(what: string, first: string, make: (to: string) => Promise<void>): Promise<void> {
  const second = `${first}.again`;
  await make(second);
  const hashes = [await hashFile(first), await hashFile(second)];
  rmSync(second);
  if (hashes[0] !== hashes[1]) throw new Mistake(`The ${what} is not the same when it is built again (${hashes.join(', ')}).`);
}
