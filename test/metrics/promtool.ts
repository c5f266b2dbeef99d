/** Prometheus's own judge of metrics and rules, as Debian ships it. */
import { spawnSync } from 'node:child_process';

/** Returns how promtool ended, and all that it said. */
export function promtool(args: readonly string[], input = ''): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, { input, encoding: 'utf8', timeout: 30_000 });
  if (error) throw error;
  return { code: status, said: stdout + stderr };
}
