import { japanTime } from './japan-time.ts';

/**
 * `OQSsiquc01res_face_<reader>-<reception>_<yyyyMMddHHmmss>.xml`, the name of a face reader's result. What stands
 * between the fixed part and the time is not laid down in public text: here it is who made the file, and the
 * reception keeps it unique also within a second.
 */
export function resultFileName(readerId: string, receptionId: string, at: Date): string {
  return `OQSsiquc01res_face_${plain(readerId)}-${plain(receptionId)}_${japanTime(at)}.xml`;
}

/** An underscore would be taken for the format's own separator, a slash for a folder. */
function plain(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
