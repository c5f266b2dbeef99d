/** A unit and a report with one of each outcome, with the longest words that come. */
import { testedParts } from '../../src/technician/parts.ts';
import { reportOf, type SelfTestReport, type SelfTestRow } from '../../src/technician/self-test.ts';

export const unit = {
  readerId: 'KZ000001',
  institutionCode: '1310000000',
  board: 'Raspberry Pi 4 Model B Rev 1.5',
  serialNumber: '10000000abcdef01',
  image: 'kazasu-rpi4 1.2.0',
  imageSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 (kazasu-rpi4-1.2.0.img)',
  slot: 'A',
  program: 'kazasu 0.1.0, Node.js 24.21.0',
  module: 'GemPC Twin GemCore-2.0',
  panel: 'build 0123456789ab',
} as const;

const rowOf = (part: (typeof testedParts)[number]): SelfTestRow => {
  if (part === 'gateway')
    return {
      part,
      ok: false,
      code: 'GATE-504',
      detail: 'https://gateway.example.jp:8443: it closed the line once it had seen this reader’s certificate',
    };
  if (part === 'disk') return { part, ok: false, code: 'UNIT-957', detail: '42 MiB free of the 100 MiB that are needed' };
  if (part === 'card-camera') return { part, ok: true, notHere: 'no unit runs here that would have it' };
  if (part === 'certificates') return { part, ok: true, found: 'device 364 days, gateway CA 3649 days, desk 364 days' };
  if (part === 'update-keys')
    return { part, ok: true, found: 'Kazasu TEST update CA (0123456789abcdef), TEST KEYS: not for a clinic' };
  return { part, ok: true, found: '192.168.1.20/24; name server 192.168.1.1' };
};

export const everyOutcome: SelfTestReport = reportOf('2026-11-22T09:55:00.000Z', testedParts.map(rowOf));
