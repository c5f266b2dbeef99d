/** Keys that join a row's wire to a column's, without diodes: three corners of a rectangle close the fourth. */
import type { Pin } from '../../../../hardware/pinout.ts';
import type { Controller } from './controller.ts';

export type KeyMatrix = {
  press(key: string): void;
  release(key: string): void;
  /** Two outputs that were joined against each other: what burns a pin. */
  shorts(): number;
};

export function connectKeys(
  controller: Controller,
  rows: readonly Pin[],
  columns: readonly Pin[],
  keys: readonly string[],
): KeyMatrix {
  const down = new Set<string>();
  let shorts = 0;

  function settle(): void {
    const low = columns.map((_, column) => joinedRows(column).some((row) => controller.level(row) === 'low'));
    columns.forEach((column, index) => {
      const joined = joinedRows(index).map(controller.level);
      if (joined.includes('low') && joined.includes('high')) shorts++;
      controller.drive(column, !low[index]);
    });
  }

  /** All rows that the keys now down join to this column, by way of other columns too. */
  function joinedRows(column: number): readonly Pin[] {
    const joinedColumns = new Set([column]);
    const joined = new Set<number>();
    const closed = (row: number, at: number) => down.has(keys[row]?.[at] ?? '');
    for (let before = -1; before !== joined.size + joinedColumns.size; ) {
      before = joined.size + joinedColumns.size;
      rows.forEach((_, row) => {
        columns.forEach((_, at) => {
          if (!closed(row, at)) return;
          if (joinedColumns.has(at)) joined.add(row);
          if (joined.has(row)) joinedColumns.add(at);
        });
      });
    }
    return rows.filter((_, row) => joined.has(row));
  }

  function change(key: string, act: () => void): void {
    if (!keys.join('').includes(key)) throw new Error(`the pad has no key ${key}`);
    act();
    settle();
  }

  for (const row of rows) controller.onChange(row, settle);
  settle();
  return {
    press: (key) => change(key, () => down.add(key)),
    release: (key) => change(key, () => down.delete(key)),
    shorts: () => shorts,
  };
}
