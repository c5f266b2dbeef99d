/**
 * What an authority may issue certificates for (RFC 5280 §4.2.1.10), so that a PC that trusts the reader's own trusts it for
 * the reader's names alone:
 *
 *   30 { A0 { 30 { 82 DNS name } … 30 { 87 address mask } … } }
 */
import { BlockList, isIP } from 'node:net';
import * as x509 from './x509.ts';

const NAME_CONSTRAINTS = '2.5.29.30';
const [SEQUENCE, PERMITTED, DNS_NAME, IP_ADDRESS] = [0x30, 0xa0, 0x82, 0x87];

/** A clinic's network, and this machine: addresses that nobody has in the world (RFC 1918, 3927, 4193, 4291). */
const privateNetworks = [
  { network: '10.0.0.0', prefix: 8, bytes: 4, family: 'ipv4', head: '0a', mask: 'ff' },
  { network: '172.16.0.0', prefix: 12, bytes: 4, family: 'ipv4', head: 'ac10', mask: 'fff0' },
  { network: '192.168.0.0', prefix: 16, bytes: 4, family: 'ipv4', head: 'c0a8', mask: 'ffff' },
  { network: '169.254.0.0', prefix: 16, bytes: 4, family: 'ipv4', head: 'a9fe', mask: 'ffff' },
  { network: '127.0.0.0', prefix: 8, bytes: 4, family: 'ipv4', head: '7f', mask: 'ff' },
  { network: 'fc00::', prefix: 7, bytes: 16, family: 'ipv6', head: 'fc', mask: 'fe' },
  { network: 'fe80::', prefix: 10, bytes: 16, family: 'ipv6', head: 'fe80', mask: 'ffc0' },
  { network: '::1', prefix: 128, bytes: 16, family: 'ipv6', head: `${'00'.repeat(15)}01`, mask: 'ff'.repeat(16) },
] as const;

const isPrivate = new BlockList();
for (const { network, prefix, family } of privateNetworks) isPrivate.addSubnet(network, prefix, family);

/** @returns the extension, critical: these names, and private addresses; any address where one of `names` is a public one */
export function nameConstraints(names: readonly string[]): x509.Extension {
  const hosts = names.filter((name) => !isIP(name)).map((name) => der(DNS_NAME, Buffer.from(name, 'latin1')));
  const isPublic = names.some((name) => isIP(name) && !isPrivate.check(name, isIP(name) === 6 ? 'ipv6' : 'ipv4'));
  const networks = isPublic ? [] : privateNetworks.map(addressesOf);
  const permitted = [...hosts, ...networks].map((base) => der(SEQUENCE, base));
  return new x509.Extension(NAME_CONSTRAINTS, true, der(SEQUENCE, der(PERMITTED, ...permitted)));
}

function addressesOf({ bytes, head, mask }: (typeof privateNetworks)[number]): Buffer {
  const filled = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(bytes)]).subarray(0, bytes);
  return der(IP_ADDRESS, filled(head), filled(mask));
}

/** Tag, length, value (X.690 §8.1), up to 65535 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const { length } = value;
  const lengthBytes = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...lengthBytes), value]);
}
