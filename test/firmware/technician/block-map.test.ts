import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runTool } from '../../../firmware/image/run-tool.ts';
import { readBlockMap, whatToWrite } from '../../../firmware/technician/block-map.ts';
import { readPartitions } from '../../../firmware/technician/partition-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-map-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('bmaptool’s map of a sparse file', async () => {
  const file = join(folder, 'sparse');
  const handle = await open(file, 'w');
  await handle.write(Buffer.alloc(8192, 1), 0, 8192, 0);
  await handle.write(Buffer.alloc(100, 2), 0, 100, 1_048_576);
  await handle.close();
  await runTool('bmaptool', ['create', '-o', `${file}.bmap`, file]);
  expect(await readBlockMap(`${file}.bmap`)).toEqual({
    imageSize: 1_048_676,
    extents: [
      { from: 0, length: 8192 },
      { from: 1_048_576, length: 100 },
    ],
  });
});

test('what is no block map, or no image, is said to be none', async () => {
  const file = join(folder, 'text');
  writeFileSync(file, '<html>no</html>');
  await expect(readBlockMap(file)).rejects.toThrow('is no block map');
  await expect(readBlockMap(join(folder, 'none'))).rejects.toThrow('is missing');
  await expect(readPartitions(file)).rejects.toThrow('has no partition table');
});

test('what is written holds every mapped block and all of the partitions that are written to later, each byte once', () => {
  const extent = fc.record({ from: fc.nat(200), length: fc.integer({ min: 1, max: 50 }) });
  const partition = fc.record({
    name: fc.constantFrom('esp', 'data', 'rootfs-a'),
    from: fc.nat(200),
    length: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(extent, { maxLength: 8 }), fc.array(partition, { maxLength: 4 }), (extents, partitions) => {
      const written = whatToWrite({ imageSize: 300, extents }, partitions);
      const wanted = [...extents, ...partitions.filter(({ name }) => name !== 'rootfs-a')];
      const within = (list: readonly { from: number; length: number }[], byte: number) =>
        list.filter(({ from, length }) => byte >= from && byte < from + length).length;
      for (let byte = 0; byte < 300; byte++) expect(within(written, byte)).toBe(within(wanted, byte) > 0 ? 1 : 0);
    }),
  );
});
