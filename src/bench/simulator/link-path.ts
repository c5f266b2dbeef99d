import { lstat, readlink, rm, stat } from 'node:fs/promises';
import { failed, ok, type Result } from '../../faults/result.ts';

/**
 * Whether a link of ours may be made at `path`: nothing is there, or a link to a pseudo-terminal that is gone, as a
 * simulator leaves it that was cut off; that one is taken away. Faults: SYS-902.
 */
export async function freeLinkPath(path: string): Promise<Result<void>> {
  const there = await lstat(path).catch(() => undefined);
  if (!there) return ok();
  const target = there.isSymbolicLink() ? await readlink(path) : '';
  if (!/^\/dev\/pts\/\d+$/.test(target)) {
    return failed('SYS-902', `--link: ${path} exists and is no link of a simulator. Choose a path where nothing is.`);
  }
  const alive = await stat(target).catch(() => undefined);
  if (alive) {
    const advice = `End it, or take the link away (rm ${path}) if none is.`;
    return failed('SYS-902', `--link: ${path} leads to ${target}, where another simulator seems to be running. ${advice}`);
  }
  await rm(path, { force: true });
  return ok();
}
