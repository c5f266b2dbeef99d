/**
 * What the self-test finds of the unit itself, by the code that support can search for: for technicians, who know where
 * it stands; no reception stops at one of these, so no patient reads them. The words stand in `technician/texts/`.
 */
export type UnitCode =
  /** A part that must answer within its bound did not. */
  | 'UNIT-951'
  /** A camera's pictures show nothing: all dark, all of one colour, or the same one again. */
  | 'UNIT-952'
  /** The unit is open: its service switch says so. */
  | 'UNIT-953'
  /** No network: no link, no address, or no name server. */
  | 'UNIT-954'
  /** The calendar is not synchronised, or stands before the program was built. */
  | 'UNIT-955'
  /** A certificate has ended, has not begun, or does not belong to its key. */
  | 'UNIT-956'
  /** The disk is full, cannot be written, or tells that it wears out. */
  | 'UNIT-957'
  /** The keys by which updates are believed are missing. */
  | 'UNIT-958'
  /** The store of the receptions is damaged. */
  | 'UNIT-959'
  /** The audit log is not whole. */
  | 'UNIT-960'
  /** The board is too hot, short of memory, or short of current. */
  | 'UNIT-961'
  /** The person at the unit says that a part does not work. */
  | 'UNIT-962';
