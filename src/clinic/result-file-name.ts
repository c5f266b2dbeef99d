import { japanTime } from './japan-time.ts';

/**
 * `OQSsiquc01res_face_<reader>-<reception>_<yyyyMMddHHmmss>.xml`, the name of a face reader's result. What stands
 * between the fixed part and the time is not laid down in public text: here it is who made the file, and the
 * reception keeps it unique also within a second.
 */
export function resultFileName(readerId: string, receptionId: string, at: Date): string {
  return `${beginning(readerId)}${plain(receptionId)}_${japanTime(at)}.xml`;
}

/** Whether a file of this name was made by this reader: several readers may share a folder. */
export function isResultOf(readerId: string, name: string): boolean {
  return name.startsWith(beginning(readerId));
}

const beginning = (readerId: string) => `OQSsiquc01res_face_${plain(readerId)}-`;

/** An underscore would be taken for the format's own separator, a slash for a folder. */
function plain(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9-]/g, '-');
}
