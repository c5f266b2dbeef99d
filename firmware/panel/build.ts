/** Compiles the panel's program and its bootloader. The same sources and the same compiler give the same bytes. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readPanelPinout } from '../../hardware/pinout.ts';
import { pinsHeader } from './pins-header.ts';
import { run } from './programs.ts';

export type Build = {
  /** Begins the SHA-256 over all that the program is compiled from; REPORT_FIRMWARE tells the panel's. */
  readonly buildId: string;
  readonly hex: string;
  readonly elf: string;
  /** Of the hex file. */
  readonly sha256: string;
  readonly flashBytes: number;
  readonly ramBytes: number;
};

const version = { major: 1, minor: 0 };
const flags = ['-mmcu=atmega328p', '-Os', '-flto', '-std=gnu11', '-fshort-enums', '-frandom-seed=kazasu'];
const warnings = ['-Wall', '-Wextra', '-Werror'];
const here = import.meta.dirname;

const programs = {
  panel: { sources: here, flags: [], mostBytes: 31 * 1024 },
  /** In the last 1 KiB of flash (0x7C00), without the C start-up and with short jumps, to fit. */
  bootloader: {
    sources: join(here, 'bootloader'),
    flags: ['-nostartfiles', '-mrelax', '-Wl,--section-start=.text=0x7C00'],
    mostBytes: 1024,
  },
} as const;

/**
 * Compiles into a folder of `folder` that is named for the build id, unless it is there already.
 * @throws when avr-gcc is missing or refuses the sources, or when the program does not fit
 */
export function build(program: keyof typeof programs, folder: string): Build {
  const { sources, flags: own, mostBytes } = programs[program];
  const pinout = readPanelPinout();
  const header = pinsHeader(pinout);
  const asked = [...flags, ...own, ...warnings, `-DF_CPU=${pinout.controller.clockHz}UL`];
  const files = readdirSync(sources).filter((file) => /\.[ch]$/.test(file));
  const texts = files.sort().map((file) => `${file}\n${readFileSync(join(sources, file), 'utf8')}`);
  const compiler = run('avr-gcc', ['-dumpversion']).trim();
  const buildId = sha256Of([compiler, asked.join(' '), header, ...texts].join('\0')).slice(0, 12);

  const made = join(folder, `${program}-${buildId}`);
  const [hex, elf] = [join(made, `${program}.hex`), join(made, `${program}.elf`)];
  if (!existsSync(made)) {
    mkdirSync(folder, { recursive: true });
    // Compiled beside and then renamed: two who build at once never see half of it.
    const making = mkdtempSync(join(folder, 'making-'));
    try {
      writeFileSync(join(making, 'pins.h'), header);
      writeFileSync(join(making, 'build-id.h'), buildIdHeader(buildId));
      const c = files.filter((file) => file.endsWith('.c')).map((file) => join(sources, file));
      const madeElf = join(making, basename(elf));
      run('avr-gcc', [...asked, `-I${here}`, `-I${making}`, '-o', madeElf, ...c]);
      run('avr-objcopy', ['-O', 'ihex', '--set-start', '0', '-R', '.eeprom', madeElf, join(making, basename(hex))]);
      moveInto(making, made);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  const sizes = sizesOf(elf);
  if (sizes.flashBytes > mostBytes)
    throw new Error(`${program} takes ${sizes.flashBytes} bytes of flash and may take ${mostBytes}`);
  return { buildId, hex, elf, sha256: sha256Of(readFileSync(hex)), ...sizes };
}

/** Whoever comes second finds the same bytes there already. */
function moveInto(making: string, made: string): void {
  try {
    renameSync(making, made);
  } catch (error) {
    if (!existsSync(made)) throw error;
  }
}

function buildIdHeader(buildId: string): string {
  return `#pragma once
#define BUILD_ID "${buildId}"
#define PANEL_MAJOR ${version.major}
#define PANEL_MINOR ${version.minor}
`;
}

/** `avr-size` tells text, data and bss: what is initialised takes flash and RAM. */
function sizesOf(elf: string): { flashBytes: number; ramBytes: number } {
  const [, line = ''] = run('avr-size', [elf]).split('\n');
  const [text = 0, data = 0, bss = 0] = line.trim().split(/\s+/).map(Number);
  return { flashBytes: text + data, ramBytes: data + bss };
}

const sha256Of = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
