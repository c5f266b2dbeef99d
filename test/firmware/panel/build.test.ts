import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Build, build } from '../../../firmware/panel/build.ts';
import { readIntelHex } from './simulated/intel-hex.ts';

const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'kazasu-panel-')));
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const FLASH_BYTES = 32 * 1024;
const BOOTLOADER_AT = 0x7c00;
const flashOf = ({ hex }: Build) => readIntelHex(readFileSync(hex, 'utf8'), FLASH_BYTES);
const isEmpty = (flash: Uint8Array) => flash.every((byte) => byte === 0xff);

describe('programs for the panel', () => {
  const [first, second] = folders.map((folder) => ({ panel: build('panel', folder), bootloader: build('bootloader', folder) }));
  if (!first || !second) throw new Error('there are two folders');

  test('the same sources give the same bytes, in whatever folder', () => {
    for (const program of ['panel', 'bootloader'] as const) {
      const { hex, elf: _, ...rest } = first[program];
      expect(second[program]).toMatchObject(rest);
      expect(readFileSync(second[program].hex)).toEqual(readFileSync(hex));
    }
  });

  test('the program carries its build id', () => {
    const name = Buffer.from(`kazasu-panel ${first.panel.buildId}\0`);
    expect(Buffer.from(flashOf(first.panel)).includes(name)).toBe(true);
  });

  test('the program leaves the bootloader’s room alone, and the bootloader the program’s', () => {
    expect(isEmpty(flashOf(first.panel).subarray(BOOTLOADER_AT))).toBe(true);
    expect(isEmpty(flashOf(first.bootloader).subarray(0, BOOTLOADER_AT))).toBe(true);
    expect(isEmpty(flashOf(first.bootloader).subarray(BOOTLOADER_AT))).toBe(false);
  });

  test('both fit, with a quarter of the memory left for the stack', () => {
    expect(first.panel.flashBytes).toBeLessThan(8 * 1024);
    expect(first.panel.ramBytes).toBeLessThan(1536);
    expect(first.bootloader.flashBytes).toBeLessThanOrEqual(1024);
  });
});
