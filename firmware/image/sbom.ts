/** The bill of materials of an image in CycloneDX 1.6: every Debian package, every npm package, Node. */
import type { LockedPackage } from './package-lock.ts';

/** npm's own list of what it installed: `node_modules/.package-lock.json`. */
export type NpmLock = {
  readonly packages: Readonly<
    Record<string, { readonly version?: string; readonly integrity?: string; readonly license?: string }>
  >;
};

export type SbomOptions = {
  readonly target: string;
  readonly version: string;
  readonly debian: readonly LockedPackage[];
  readonly npm: NpmLock;
};

/** @returns the document, to be written as JSON; the same for the same packages */
export function sbomOf({ target, version, debian, npm }: SbomOptions) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'firmware', name: `kazasu-${target}`, version } },
    components: [...debian.map(debianComponent), ...npmComponents(npm)],
  };
}

function debianComponent({ name, version, sha256 }: LockedPackage) {
  const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=arm64&distro=trixie`;
  return { type: 'library', 'bom-ref': purl, name, version, purl, hashes: [{ alg: 'SHA-256', content: sha256 }] };
}

function npmComponents({ packages }: NpmLock) {
  return Object.entries(packages).flatMap(([path, { version, integrity, license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!path.includes('node_modules/') || version === undefined) return [];
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    const hashes = integrity?.startsWith('sha512-') ? [{ alg: 'SHA-512', content: hexOf(integrity) }] : [];
    const licenses = license === undefined ? [] : [{ license: { name: license } }];
    // The same version may lie in two folders.
    return [{ type: 'library', 'bom-ref': `${purl}#${path}`, name, version, purl, hashes, licenses }];
  });
}

const hexOf = (integrity: string) => Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
