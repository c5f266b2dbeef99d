/** Comma-separated values as RFC 4180 has them; a byte order mark and lines ended by LF alone are taken too. */

type CsvRow = {
  readonly fields: readonly string[];
  /** Of the row's first character, from 1. */
  readonly line: number;
  /** Where the row ends in the text, its line end included. */
  readonly end: number;
  /** Whether a line end follows; the last row may have none. */
  readonly ended: boolean;
};

export type Csv = {
  readonly rows: readonly CsvRow[];
  /** The line after which nothing could be read: a quotation mark that is not closed, or one inside a plain field. */
  readonly brokenLine?: number;
};

const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Empty lines are passed over. */
export function parseCsv(text: string): Csv {
  const rows: CsvRow[] = [];
  let fields: string[] = [];
  let [line, rowLine] = [1, 1];
  FIELD.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (FIELD.lastIndex < text.length || fields.length > 0) {
    const match = FIELD.exec(text);
    if (!match) return { rows, brokenLine: rowLine };
    const [whole, quoted, plain = '', separator = ''] = match;
    fields.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    if (separator === ',') continue;
    const empty = fields.length === 1 && fields[0] === '' && quoted === undefined;
    if (!empty) rows.push({ fields, line: rowLine, end: FIELD.lastIndex, ended: separator !== '' });
    fields = [];
    rowLine = line;
  }
  return { rows };
}

/** One row with its line end; a field that would else be misread stands in quotation marks. */
export function csvRow(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}
