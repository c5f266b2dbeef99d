/** The pairs to be scored, and the rows that an earlier run has left. */
import { readFileSync, statSync } from 'node:fs';
import { csvRow, parseCsv } from './csv.ts';

export type Pair = { readonly label: string; readonly a: string; readonly b: string };

/** `score`: absent where a face could not be acquired. */
export type ScoredPair = Pair & { readonly score: number | undefined };

const COLUMNS = ['label', 'image_a', 'image_b'] as const;
export const HEADER = csvRow([...COLUMNS, 'score']);

/** @returns the pairs in the file's order, or what is wrong with it; columns of other names are passed over */
export function readPairs(path: string): readonly Pair[] | string {
  const text = readText(path);
  if (typeof text !== 'string') return `--pairs: ${path} cannot be read (${text.code})`;
  const { rows, brokenLine } = parseCsv(text);
  const [header, ...lines] = rows;
  const columns = COLUMNS.map((name) => header?.fields.indexOf(name) ?? -1);
  if (columns.includes(-1)) return `--pairs: the first line of ${path} must name the columns ${COLUMNS.join(', ')}`;
  const pairs: Pair[] = [];
  for (const { fields, line } of lines) {
    const [label, a, b] = columns.map((column) => fields[column]);
    if (fields.length !== header?.fields.length || !label || !a || !b) {
      return `--pairs: line ${line} of ${path} does not hold a label and two images`;
    }
    pairs.push({ label, a, b });
  }
  if (brokenLine !== undefined) return `--pairs: line ${brokenLine} of ${path} has a quotation mark that does not belong there`;
  return pairs.length > 0 ? pairs : `--pairs: ${path} names no pairs`;
}

export type KeptRows = {
  readonly rows: readonly ScoredPair[] /** Of the file, up to the end of the last whole row. */;
  readonly bytes: number;
  /** Of the whole file. */
  readonly fileBytes: number;
};

/** @returns the whole rows of an earlier run over the same pairs, none where there was no run, or why it cannot be gone on with */
export function readKeptRows(path: string, pairs: readonly Pair[]): KeptRows | string {
  const about = statSync(path, { throwIfNoEntry: false });
  if (!about) return { rows: [], bytes: 0, fileBytes: 0 };
  // A FIFO that nobody writes to would be read for ever.
  if (!about.isFile()) return `--out: ${path} is not a file`;
  const text = readText(path);
  if (typeof text !== 'string') return `--out: ${path} cannot be read (${text.code})`;
  const fileBytes = Buffer.byteLength(text);
  if (HEADER.startsWith(text)) return { rows: [], bytes: 0, fileBytes };
  const refusal = (line: number, what: string) =>
    `--out: ${path} is not of these pairs: line ${line} ${what}. It was left as it is; give another file, or remove it.`;
  if (text.startsWith('\uFEFF')) return refusal(1, 'begins with a byte order mark, which another program has put there');
  if (text.startsWith(`${HEADER.trim()}\r\n`)) return refusal(1, 'ends in CRLF, which another program has put there');
  if (!text.startsWith(HEADER)) return refusal(1, `is not "${HEADER.trim()}"`);

  const { rows, brokenLine } = parseCsv(text);
  const whole = rows.slice(1).filter(({ ended }) => ended);
  const end = whole.at(-1)?.end ?? HEADER.length;
  if (brokenLine !== undefined && text.slice(end).includes('\n')) return refusal(brokenLine, 'cannot be read');
  const kept: ScoredPair[] = [];
  for (const { fields, line } of whole) {
    const [label, a, b, word = ''] = fields;
    const pair = pairs[kept.length];
    const score = word === '' ? undefined : Number(word);
    if (!pair || label !== pair.label || a !== pair.a || b !== pair.b) return refusal(line, 'names another pair');
    if (fields.length !== 4 || (score !== undefined && !(Math.abs(score) <= 1.001))) return refusal(line, 'holds no score');
    kept.push({ ...pair, score });
  }
  return { rows: kept, bytes: Buffer.byteLength(text.slice(0, end)), fileBytes };
}

export function rowOf({ label, a, b, score }: ScoredPair): string {
  return csvRow([label, a, b, score === undefined ? '' : score.toFixed(6)]);
}

function readText(path: string): string | NodeJS.ErrnoException {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return error as NodeJS.ErrnoException;
  }
}
