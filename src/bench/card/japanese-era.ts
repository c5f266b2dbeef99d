/** The eras that a living holder can be born in, newest first; `code` is JPKI's era digit in a date of birth. */
const eras = [
  { from: '2019-05-01', code: '5', firstYear: 2019 },
  { from: '1989-01-08', code: '4', firstYear: 1989 },
  { from: '1926-12-25', code: '3', firstYear: 1926 },
  { from: '1912-07-30', code: '2', firstYear: 1912 },
] as const;

/** @param isoDate YYYY-MM-DD. Returns the era's digit and the year within it, 1 for its first. */
export function eraYear(isoDate: string): { readonly code: string; readonly year: number } {
  const era = eras.find(({ from }) => isoDate >= from);
  if (era === undefined) throw new Error(`no era for ${isoDate}`);
  return { code: era.code, year: Number(isoDate.slice(0, 4)) - era.firstYear + 1 };
}
