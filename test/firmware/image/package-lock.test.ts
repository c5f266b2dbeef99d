import { expect, test } from 'vitest';
import { type LockedPackage, packageOfUri, readLock, refuseDrift } from '../../../firmware/image/package-lock.ts';
import wanted from '../../../firmware/image/packages.json' with { type: 'json' };

const locked = readLock();
const names = new Set(locked.map(({ name }) => name));

test('every package is locked by name, version, size and hash', () => {
  for (const one of locked) {
    expect(one.name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/);
    expect(one.version).toMatch(/^[0-9A-Za-z.+~:-]+$/);
    expect(one.file).toMatch(/_(arm64|all)\.deb$/);
    expect(one.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(one.bytes).toBeGreaterThan(0);
  }
  expect(names.size).toBe(locked.length);
});

test('the lock holds all that is wanted, one kernel, and no package for logging in from outside', () => {
  const missing = [...Object.values(wanted.installed).flat(), ...wanted.unpacked.board].filter((name) => !names.has(name));
  expect(missing).toEqual([]);
  expect(locked.filter(({ use }) => use === 'kernel')).toHaveLength(1);
  expect([...names].filter((name) => /ssh-server|telnetd|dropbear|avahi-daemon/.test(name))).toEqual([]);
});

test('a line of apt is read with an epoch that its file name hides', () => {
  const hash = 'a'.repeat(64);
  const line = `'http://mirror.invalid/z/zlib1g_1%3a1.3.1-1_arm64.deb' zlib1g_1%3a1.3.1-1_arm64.deb 123 SHA256:${hash}`;
  const read = packageOfUri(line, 'installed');
  expect(read).toEqual({
    ...{ name: 'zlib1g', version: '1:1.3.1-1', file: 'zlib1g_1%3a1.3.1-1_arm64.deb' },
    ...{ bytes: 123, sha256: hash, use: 'installed' },
  });
  expect(packageOfUri('Reading package lists...', 'installed')).toBeUndefined();
});

test('drift is refused by name: another version, another file of the same version, one too few and one too many', () => {
  const of = (name: string, version: string, sha256: string): LockedPackage => ({
    ...{ name, version, sha256, file: `${name}.deb`, bytes: 1, use: 'installed' },
  });
  const then = [of('a', '1', 'x'), of('b', '1', 'x'), of('c', '1', 'x'), of('same', '1', 'x')];
  const now = [of('a', '2', 'y'), of('b', '1', 'z'), of('d', '1', 'x'), of('same', '1', 'x')];
  expect(() => refuseDrift(now, then)).toThrow(
    /a: locked 1, the archive has 2\n.*b: locked 1, the archive has 1\n.*c: locked 1.*no more\n.*d: locked not at all/,
  );
  expect(() => refuseDrift(then, then)).not.toThrow();
});
