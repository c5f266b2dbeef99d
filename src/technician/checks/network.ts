import { getServers } from 'node:dns';
import { readFileSync } from 'node:fs';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '../self-test.ts';

export type NetworkFacts = {
  readonly interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;
  readonly nameServers: readonly string[];
  /** Whether there is a way out of the own network. */
  readonly hasRoute: boolean;
  /** Of each cable, whether something is plugged in at its other end. */
  readonly cables: readonly { readonly name: string; readonly plugged: boolean }[];
};

/** Link, address, way out, name server, in this order: the first that is missing explains those after it. */
export function checkNetwork({ interfaces, nameServers, hasRoute, cables }: NetworkFacts): Finding {
  const failed = (detail: string): Finding => ({ at: 'failed', code: 'UNIT-954', detail });
  const addresses = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos.filter(({ internal, scopeid }) => !internal && !scopeid).map(({ cidr, address }) => `${name} ${cidr ?? address}`),
  );
  if (addresses.length === 0) {
    const unplugged = cables.filter(({ plugged }) => !plugged).map(({ name }) => name);
    if (cables.length > 0 && unplugged.length === cables.length)
      return failed(`no cable is plugged in (${unplugged.join(', ')})`);
    return failed('a cable is plugged in, but no address was given');
  }
  if (!hasRoute) return failed(`${addresses.join(', ')}, but no way out of this network (gateway)`);
  if (nameServers.length === 0) return failed(`${addresses.join(', ')}, but no name server`);
  return { at: 'ok', found: `${addresses.join(', ')}; name server ${nameServers.join(', ')}` };
}

/** As this machine is now. */
export function networkFacts(): NetworkFacts {
  const interfaces = networkInterfaces();
  return { interfaces, nameServers: getServers(), hasRoute: hasDefaultRoute(), cables: cablesOf(namesOf('/proc/net/dev')) };
}

/** The names before the colons, without the loopback. */
function namesOf(path: string): string[] {
  const lines = readText(path).split('\n');
  return lines.flatMap((line) => /^\s*([^:\s]+):/.exec(line)?.[1] ?? []).filter((name) => name !== 'lo');
}

/** `carrier` is 1 with a link and cannot be read of an interface that is down (kernel, sysfs-class-net). */
const cablesOf = (names: readonly string[]) =>
  names.map((name) => ({ name, plugged: readText(join('/sys/class/net', name, 'carrier')).trim() === '1' }));

/** proc(5): in `route` a destination of zeros is the default; in `ipv6_route` one of zeros with the length 00 that does not go to `lo`. */
function hasDefaultRoute(): boolean {
  const v4 = readText('/proc/net/route')
    .split('\n')
    .some((line) => line.split('\t')[1] === '00000000');
  const v6 = readText('/proc/net/ipv6_route')
    .split('\n')
    .some((line) => /^0{32} 00 /.test(line) && !line.trim().endsWith(' lo'));
  return v4 || v6;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
