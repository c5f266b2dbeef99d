import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createFacilityPassword } from '../../src/desk/facility-password.ts';
import { createDeskServer } from '../../src/desk/server.ts';
import type { Result } from '../../src/faults/result.ts';
import type { DeskEvent } from '../../src/reception/desk-event.ts';
import { ScriptedDeskSource } from './scripted-desk-source.ts';

const random = (length: number) => randomBytes(length);
const pageDir = join(import.meta.dirname, '../../build/desk');

/** A desk of its own over a scripted reader, in a temporary folder; `again` opens another desk over the same folder. */
export async function serveDesk(clock: Clock = systemClock) {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-desk-'));
  const opened: { close(): Promise<void> }[] = [];

  async function again() {
    const source = new ScriptedDeskSource();
    const audited: DeskEvent[] = [];
    const defects: unknown[] = [];
    const password = expectOk(createFacilityPassword({ path: join(folder, 'password.json'), clock, random }));
    const server = expectOk(
      await createDeskServer({
        source,
        password,
        folder,
        readerId: 'KZ000001',
        host: '127.0.0.1',
        port: 0,
        pageDir,
        clock,
        random,
        audit: (event) => audited.push(event),
        onDefect: (error) => defects.push(error),
        evidence: () => '<!doctype html><title>証跡シート</title>',
      }),
    );
    opened.push(server);
    return { source, audited, defects, password, server, folder };
  }

  const close = async () => {
    for (const server of opened.splice(0)) await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { ...(await again()), again, close };
}

export type ServedDesk = Awaited<ReturnType<typeof serveDesk>>;

export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code}: ${result.fault.detail ?? ''}`);
  return result.value;
}

/** The address by which `names` of the desk is reached. */
export function urlOf(server: { readonly urls: readonly string[] }, name = 'localhost'): string {
  const url = server.urls.find((each) => new URL(each).hostname === name);
  if (url === undefined) throw new Error(`the desk has no address ${name}`);
  return url;
}
