/**
 * RAUC as an `Installer`. What it writes and whom it believes stand in the image's /etc/rauc/system.conf; its service
 * does the work, and this user may ask for it by the image's D-Bus policy.
 */
import { z } from 'zod';
import type { Release } from './feed.ts';
import type { Installer } from './ports.ts';
import type { Ended, RunProgram } from './run-program.ts';
import { done, gone, type UpdateResult } from './update-fault.ts';

/** It reads the bundle's two ends; a line that is away is waited for meanwhile. */
const INSPECT_BOUND_MS = 10 * 60_000;
/** A bundle of 1 GB over a line of 1 Mbit/s takes two hours and a quarter. */
const INSTALL_BOUND_MS = 6 * 3_600_000;
const MARK_BOUND_MS = 60_000;

/** What `rauc info --output-format=json` tells, as far as it matters here. */
const bundleInfo = z.object({ compatible: z.string(), version: z.string() });

export function createRauc({ run, program = 'rauc' }: { readonly run: RunProgram; readonly program?: string }): Installer {
  /** The signature and what stands under it; the payload is checked block by block while it is installed. */
  async function inspect(url: string, release: Release, signal: AbortSignal): Promise<UpdateResult<void>> {
    const info = await run(program, ['info', '--output-format=json', url], INSPECT_BOUND_MS, signal);
    if (!info.ok) return gone('UPD-976', info.lastLine);
    const said = bundleInfo.safeParse(jsonOf(info.output));
    if (!said.success) return gone('UPD-978', 'rauc tells nothing that can be understood about the bundle');
    const { compatible, version } = said.data;
    if (compatible === release.compatible && version === release.version) return done;
    return gone('UPD-977', `the list says ${release.version} for ${release.compatible}, the bundle ${version} for ${compatible}`);
  }

  return {
    async install(url, release, signal) {
      const fits = await inspect(url, release, signal);
      if (!fits.ok) return fits;
      const installed = await run(program, ['install', url], INSTALL_BOUND_MS, signal);
      return installed.ok ? done : gone('UPD-978', lastError(installed));
    },
    async markGood(signal) {
      const marked = await run(program, ['status', 'mark-good'], MARK_BOUND_MS, signal);
      return marked.ok ? done : gone('UPD-978', `the slot is not marked good: ${marked.lastLine}`);
    },
  };
}

/** RAUC's own reason stands above what its client says in the end. */
function lastError({ output, lastLine }: Ended): string {
  return /^LastError: (.*)$/m.exec(output)?.[1] ?? lastLine;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
