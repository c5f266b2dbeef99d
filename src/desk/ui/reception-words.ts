/** A reception in words, for list and detail alike. */
import type { Warning } from '../../reception/warnings.ts';
import type { DeskReception } from '../desk-source.ts';
import type { DeskView } from '../protocol.ts';
import { texts } from './preferences.ts';

/** Accepted receptions show their 資格有効性, which is what staff look for; others why they are not. */
export function outcomeLine({ outcome, validity }: DeskReception): string {
  const { list, validities, faults } = texts.value;
  if (outcome === 'running') return list.running;
  if (outcome === 'pending') return list.pending;
  if (validity) return validities[validity];
  return outcome === 'accepted' ? list.accepted : `${outcome} ${faults[outcome].title.replace(/\n/g, '')}`;
}

export function approverLine({ method, approver }: DeskReception, names: DeskView['names']): string {
  const { list } = texts.value;
  if (method !== 'visual') return '';
  if (approver === undefined || approver === 'counter') return list.counterApprover;
  const name = names[approver];
  return name === undefined ? list.unknownApprover : list.approver(name);
}

/** What staff should look at: contradictions, an ending certificate, a result that the clinic has not got. */
export function notesOf({ warnings, certificateDays: days, graceDays, handOver, hasGlyphs }: DeskReception): readonly string[] {
  const { list } = texts.value;
  return [
    ...warnings.map(warningLine),
    ...(days === undefined ? [] : [days < 0 ? list.certificateEnded(-days, graceDays) : list.certificateEnds(days)]),
    ...(handOver === 'will-be-handed-over' ? [list.waitsForClinic] : []),
    ...(hasGlyphs ? [list.hasGlyphs] : []),
  ];
}

function warningLine(warning: Warning): string {
  const words = texts.value.warnings;
  return warning.of === 'ratio' ? words.ratio(warning) : words[warning.of](warning as never);
}
