/**
 * At each start: what the site file says of network and time, as systemd's own files below /run.
 *
 *   node apply-site.ts /data/site/site.json /run/systemd
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSite, type Site } from '../../../src/unit/site.ts';

const [file = '', folder = ''] = process.argv.slice(2);
const site = readSite(file);
if (site.ok) {
  write('network/10-site.network', networkFile(site.value.network));
  write('timesyncd.conf.d/10-site.conf', `[Time]\nNTP=${site.value.time.servers.join(' ')}\n`);
} else {
  // The reader says the same on its screen, for staff; this line is for the journal.
  process.stderr.write(`There is no network: ${site.fault.detail}\n`);
  process.exitCode = 1;
}

function write(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
}

/** systemd.network(5) for the wired line. */
function networkFile(network: Site['network']): string {
  const line = '[Match]\nType=ether\n\n[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\nLLMNR=no\nMulticastDNS=no\n';
  if ('dhcp' in network) return `${line}DHCP=ipv4\n`;
  const servers = network.dns.map((server) => `DNS=${server}\n`).join('');
  return `${line}Address=${network.address}\nGateway=${network.gateway}\n${servers}`;
}
