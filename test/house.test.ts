import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/**
 * Which folder may import which. Imports run one way: main → compose → parts → reception → faults; parts never
 * import one another but for the arrows named here; the bench is imported by compose alone, and dynamically.
 */
const allowed: Record<string, readonly string[]> = {
  faults: [],
  clock: [],
  /** A small file with one owner, written down to the disk. */
  kept: ['faults'],
  /** A question over the running reader's control socket. */
  ask: ['clock'],
  reception: ['faults', 'clock'],
  texts: ['faults', 'reception'],
  card: ['reception', 'faults', 'clock'],
  camera: ['reception', 'faults', 'clock'],
  /** `setup`: the models' one list of names and hashes. */
  face: ['reception', 'faults', 'clock', 'setup'],
  eligibility: ['reception', 'faults', 'clock', 'records'],
  clinic: ['reception', 'faults', 'clock', 'records'],
  records: ['reception', 'faults', 'clock'],
  panel: ['reception', 'faults', 'clock'],
  /** `technician`: the kiosk is where the menu stands. */
  kiosk: ['reception', 'faults', 'clock', 'texts', 'camera', 'technician'],
  /** `texts`: the catalogue's words for staff. */
  desk: ['reception', 'faults', 'clock', 'texts', 'kept'],
  metrics: ['reception', 'faults', 'clock'],
  /** Its password is counted and kept as the desk's. */
  technician: ['reception', 'faults', 'clock', 'desk', 'kept'],
  update: ['faults', 'clock', 'ask'],
  /** A unit's site file, and how its other programs and its service manager talk with the reader. */
  unit: ['reception', 'faults', 'clock'],
  config: ['faults'],
  /** Types alone: what compose needs of a bench or of a unit's hardware. */
  world: ['card', 'eligibility', 'reception', 'faults'],
  compose: ['*'],
  commands: ['compose', 'config', 'reception', 'faults', 'clock', 'unit'],
  main: ['commands'],
  setup: [],
  bench: ['*'],
};

/** Packages that one place alone may import. */
const only: Record<string, RegExp> = {
  serialport: /^(card\/module\/serial-port-line|panel\/cable)\.ts$/,
  'johnny-five': /^panel\/board\.ts$/,
  'firmata-io': /^panel\/board\.ts$/,
  'onnxruntime-node': /^face\//,
  fastify: /^(kiosk|desk|metrics|bench\/gateway|bench\/dock)\//,
  undici: /^eligibility\//,
  'prom-client': /^metrics\//,
  'node:sqlite': /^(records|bench\/gateway)\//,
  '@lydell/node-pty': /^bench\//,
};

const src = resolve('src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.includes('node_modules'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }));

/** `compose-card.ts` and its likes belong to `compose`. */
const roomOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/(-\w+)?\.ts$/, ''));
/** Types vanish before anything runs: compose may know the bench's. */
const withoutTypes = (text: string) => text.replaceAll(/^import type .*$/gm, '');
const importsOf = (file: string, text: string) =>
  [...(roomOf(file) === 'compose' ? withoutTypes(text) : text).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(
    (match) => ({
      name: match[1] ?? '',
      dynamic: match[0].includes('('),
    }),
  );

describe('imports run one way', () => {
  test('every folder was seen', () => {
    expect([...new Set(files.map(({ file }) => roomOf(file)))].sort()).toEqual(Object.keys(allowed).sort());
  });

  test('and no import breaks the rules', () => {
    expect(files.flatMap(({ file, text }) => breaches(file, text))).toEqual([]);
  });
});

function breaches(file: string, text: string): string[] {
  const room = roomOf(file);
  return importsOf(file, text)
    .filter(({ name, dynamic }) => {
      if (!name.startsWith('.')) return only[name] !== undefined && !only[name].test(file);
      const target = roomOf(relative(src, resolve(src, dirname(file), name)));
      if (target.startsWith('..') || target === room) return false;
      if (target === 'bench' && room !== 'bench') return room !== 'compose' || !dynamic;
      return !allowed[room]?.includes('*') && !allowed[room]?.includes(target);
    })
    .map(({ name }) => `${file} imports ${name}`);
}
