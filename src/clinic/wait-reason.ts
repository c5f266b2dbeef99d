import type { Fault } from '../faults/result.ts';
import type { WaitReason } from '../reception/ports.ts';

const reasons: Readonly<Record<string, WaitReason>> = {
  ENOENT: 'folder-missing',
  ENOTDIR: 'folder-missing',
  ENOSPC: 'folder-full',
  EDQUOT: 'folder-full',
  EROFS: 'folder-read-only',
  EACCES: 'folder-read-only',
  EPERM: 'folder-read-only',
  // A share whose server is gone, by what its file system makes of that.
  ETIMEDOUT: 'folder-silent',
  EHOSTDOWN: 'folder-silent',
  EHOSTUNREACH: 'folder-silent',
  ENOTCONN: 'folder-silent',
  ESTALE: 'folder-silent',
};

/** @param fault REC-702 with the system's own code as detail, or one of the records */
export function waitReason({ code, detail = '' }: Fault): WaitReason {
  return code === 'REC-702' ? (reasons[detail] ?? 'folder-fails') : 'records-fail';
}
