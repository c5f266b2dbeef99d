/** What can be done about a picture that cannot be compared, by what was found. */
import type { Fault } from '../faults/result.ts';

const advice: readonly (readonly [RegExp, string])[] = [
  [/^model/, 'The models are put into build/models at set-up: remove that folder and run the command through npm run again.'],
  [/no such file|not a file|cannot be read \(/, 'Is the path right, and may this user read it?'],
  [/no face/, 'Give a picture with one face, upright, seen from the front and not too small.'],
  [/too small/, 'Give a picture in which the face is at least some 50 pixels wide.'],
  [/more than|size out of limits/, 'Scale it down first: 1920 pixels a side are plenty.'],
  [/neither JPEG/, 'What a file is, is told by its content, not by its name. Convert it to JPEG or PNG.'],
  [/damaged|cannot be decoded/, 'It is cut short or altered: copy it anew from where it came.'],
  [/plain grey or RGB|colours/, 'Convert it to a JPEG or PNG with 8 bits a colour.'],
];

/** Returns one line, empty where nothing is known. */
export function pictureAdvice({ detail = '' }: Fault): string {
  return advice.find(([found]) => found.test(detail))?.[1] ?? '';
}
