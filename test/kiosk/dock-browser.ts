import { randomBytes } from 'node:crypto';
import { createDock } from '../../src/bench/dock/dock.ts';
import type { DockView } from '../../src/bench/dock/dock-bench.ts';
import { systemClock } from '../../src/clock.ts';
import { root } from './kiosk-browser.ts';
import { ScriptedDockBench } from './scripted-dock-bench.ts';

/** The dock's page over a scripted bench; each test makes its own. */
export async function serveDock(kioskOrigin: () => string = () => 'http://127.0.0.1:8') {
  const bench = new ScriptedDockBench();
  const dock = await createDock({
    clock: systemClock,
    random: (length) => randomBytes(length),
    pageDir: `${root}/build/dock`,
    bench,
    kioskOrigin,
  });
  return { bench, dock };
}

/** What a bench looks like after a reception. */
export const busyView = {
  placed: 'rare-name',
  cardTriesLeft: 3,
  state: 'done',
  light: 'success',
  lastSound: 'success',
  apduLog: [
    '> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01',
    '< 90 00',
    '> 00 20 00 80 (empty)',
    '< 63 C3',
    '> 00 20 00 80 04 ** ** ** **',
    '< 90 00',
  ],
  receptions: [
    {
      id: 'b',
      at: '2026-04-01T01:02:03Z',
      method: 'pin',
      outcome: 'accepted',
      fileName: 'OQSsiquc01res_face_bench_20260401100203.xml',
    },
    { id: 'a', at: '2026-04-01T01:00:00Z', method: 'face', outcome: 'GATE-502' },
  ],
  resultXml:
    '<?xml version="1.0" encoding="UTF-8"?>\n<XmlMsg><MessageHeader><SegmentOfResult>1</SegmentOfResult></MessageHeader>' +
    '<MessageBody><QualificationValidity>1</QualificationValidity><Name>髙﨑　澪</Name></MessageBody></XmlMsg>',
} as const;

/** And after the clinic has asked for what it may know. */
export function afterAQuery({ outside }: DockView): Pick<DockView, 'outside'> {
  const query = { at: '2026-04-01T01:05:00Z', personaId: 'adult' };
  return {
    outside: {
      ...outside,
      maintenance: [{ part: 'jpki', until: '2026-04-01T05:00:00Z' }],
      clinic: {
        patient: 'adult',
        answer: {
          item: 'medicines',
          outcome: 'answered',
          availableUntil: '2026-04-02T01:02:03Z',
          entries: [{ DispensingDate: '20260310', MedicineName: '見本錠５ｍｇ（架空）', Days: '28' }],
        },
        log: [
          { ...query, item: 'medicines', outcome: 'answered' },
          { ...query, item: 'surgery', outcome: 'no-consent' },
        ],
      },
    },
  };
}
