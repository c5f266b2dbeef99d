import { failed } from '../faults/result.ts';
import type { Answer, Effect } from './event.ts';
import { matchFace, openGateway, prove, query, register, survey, verifyPin, verifyStaff, type Work } from './perform.ts';
import type { FaceHint } from './ports.ts';
import { recordPending } from './record.ts';

/** An effect that takes time and is answered. */
export type Task = Exclude<Effect, { do: 'play' | 'audit' | 'clear-entry' | 'forget-card' | 'end' | 'read-name' }>;

/** Carries out all but the recording, of which the reader keeps more than its answer. */
export async function carryOut(
  task: Exclude<Task, { do: 'record' }>,
  work: Work,
  onHint: (hint: FaceHint) => void,
): Promise<Answer> {
  switch (task.do) {
    case 'open-gateway':
      return openGateway(work);
    case 'survey':
      return survey(work);
    case 'match-face':
      return matchFace(work, onHint);
    case 'verify-pin':
      return verifyPin(work, task.knownTriesLeft);
    case 'prove':
      return prove(work, task.method, task.approver);
    case 'verify-staff':
      return verifyStaff(work);
    case 'register':
      return register(work);
    case 'query':
      return query(work, task.given);
    case 'record-pending':
      return { type: 'pending-recorded', result: recordPending(work, task.method, task.given, task.code) };
  }
}

/** The answer that ends what asked for a task, when the task failed by a defect of ours. */
export function defectAnswer(task: Task): Answer {
  const result = failed('SYS-901');
  switch (task.do) {
    case 'open-gateway':
      return { type: 'gateway-opened', result };
    case 'survey':
      return { type: 'surveyed', result, faceReady: false, visual: false };
    case 'match-face':
      return { type: 'face-decided', result };
    case 'verify-pin':
      return { type: 'pin-verified', result };
    case 'prove':
      return { type: 'proved', result };
    case 'verify-staff':
      return { type: 'staff-verified', result };
    case 'register':
      return { type: 'registered', result };
    case 'query':
      return { type: 'eligibility-answered', result };
    case 'record':
      return { type: 'recorded', result };
    case 'record-pending':
      return { type: 'pending-recorded', result };
  }
}
