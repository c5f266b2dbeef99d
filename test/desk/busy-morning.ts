import type { DeskNow, DeskReception, PartHealth, PendingQuery } from '../../src/desk/desk-source.ts';
import type { Given } from '../../src/reception/questions.ts';

const given: Given = { asked: ['medicines', 'checkups', 'treatment'], consents: ['medicines', 'checkups'] };
const at = (time: string) => `2026-04-01T${time}+09:00`;
const nothing = { warnings: [], hasGlyphs: false } as const;

export const idle: DeskNow = { state: 'idle', since: at('08:30:00'), asksStaff: false, cardLeft: false };

export const asking: DeskNow = {
  state: 'asking-staff',
  since: at('10:31:20'),
  asksStaff: true,
  approvable: 'r-9',
  cardLeft: false,
};

/** One of each kind that staff meet. `approver`: a handle that the desk knows. */
export const busyReceptions = (approver: string): readonly DeskReception[] => [
  { receptionId: 'r-9', startedAt: at('10:31:02'), outcome: 'running', ...nothing },
  {
    receptionId: 'r-8',
    startedAt: at('10:28:40'),
    acceptedAt: at('10:29:10'),
    method: 'face',
    outcome: 'accepted',
    validity: '1',
    given,
    warnings: [{ of: 'ratio', tenths: '2' }, { of: 'dates' }],
    certificateDays: 60,
    handOver: 'handed-over',
    hasGlyphs: true,
  },
  {
    receptionId: 'r-7',
    startedAt: at('10:22:10'),
    acceptedAt: at('10:23:00'),
    method: 'visual',
    approver,
    outcome: 'accepted',
    validity: '6',
    given: { asked: ['medicines'], consents: [], subsidy: true, prescription: '1' },
    warnings: [],
    handOver: 'will-be-handed-over',
    hasGlyphs: false,
  },
  {
    receptionId: 'r-6',
    startedAt: at('10:15:00'),
    acceptedAt: at('10:15:50'),
    method: 'pin',
    outcome: 'ELIG-602',
    validity: '2',
    given,
    warnings: [{ of: 'preschool' }, { of: 'elderly-insurer' }],
    certificateDays: -12,
    handOver: 'handed-over',
    hasGlyphs: false,
  },
  { receptionId: 'r-5', startedAt: at('10:02:00'), method: 'phone-bio', outcome: 'pending', given, ...nothing },
  { receptionId: 'r-4', startedAt: at('09:58:00'), outcome: 'PIN-302', ...nothing },
  {
    receptionId: 'r-3',
    startedAt: at('09:40:00'),
    method: 'visual',
    approver: 'counter',
    outcome: 'accepted',
    validity: '1',
    ...nothing,
  },
];

export const pendingQueries: readonly PendingQuery[] = [
  { receptionId: 'r-5', startedAt: at('10:02:00'), code: 'GATE-502', attempts: 3, nextAt: at('10:40:00') },
  { receptionId: 'r-2', startedAt: at('09:12:00'), code: 'GATE-501', attempts: 12 },
];

export const troubledHealth: readonly PartHealth[] = [
  { part: 'module' },
  { part: 'camera', attention: 'FACE-405' },
  { part: 'face' },
  { part: 'gateway', attention: 'GATE-501' },
  { part: 'clinic-folder', attention: 'folder-missing' },
  { part: 'records' },
  { part: 'clock', attention: 'clock-unset' },
  { part: 'certificate', attention: 'certificate-ends', daysLeft: 21 },
];
