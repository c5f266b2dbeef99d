/** What the board tells of itself: heat, memory, and on a Raspberry Pi whether its current falls short. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../self-test.ts';

/** A Pi slows down from 80 °C on; a PC's processor may be at that under load. */
const TOO_HOT_CELSIUS = 85;
const LEAST_MEMORY_BYTES = 64 * 2 ** 20;

/** @param root `/`, or what stands for it in a test */
export function checkBoard(root = '/'): Finding {
  const failed = (detail: string): Finding => ({ at: 'failed', code: 'UNIT-961', detail });
  const heat = hottest(join(root, 'sys/class/thermal'));
  const memory = freeMemory(join(root, 'proc/meminfo'));
  if (heat !== undefined && heat > TOO_HOT_CELSIUS) return failed(`${heat.toFixed(0)} °C: too hot`);
  if (memory !== undefined && memory < LEAST_MEMORY_BYTES) return failed(`${mebibytes(memory)} of memory are left`);
  if (fallsShort(join(root, 'sys/class/hwmon'))) return failed('the supply falls below 4.63 V');
  const found = [
    heat === undefined ? 'no thermometer' : `${heat.toFixed(0)} °C`,
    memory === undefined ? '' : `${mebibytes(memory)} free`,
  ];
  return { at: 'ok', found: found.filter(Boolean).join(', ') };
}

/** `thermal_zoneN/temp`: thousandths of a degree; a zone may have none at the moment. */
function hottest(folder: string): number | undefined {
  const degrees = namesIn(folder)
    .filter((name) => name.startsWith('thermal_zone'))
    .map((name) => numberIn(join(folder, name, 'temp')) / 1000)
    .filter((degree) => degree > 0);
  return degrees.length > 0 ? Math.max(...degrees) : undefined;
}

function freeMemory(path: string): number | undefined {
  const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(textOf(path))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** The kernel's `raspberrypi-hwmon`: `in0_lcrit_alarm` is 1 when it saw less than 4.63 V. */
function fallsShort(folder: string): boolean {
  return namesIn(folder).some(
    (name) => textOf(join(folder, name, 'name')).trim() === 'rpi_volt' && numberIn(join(folder, name, 'in0_lcrit_alarm')) === 1,
  );
}

const numberIn = (path: string): number => Number.parseInt(textOf(path), 10);

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

const mebibytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20)} MiB`;
