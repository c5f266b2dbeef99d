/**
 * Where on a card's front the parts of 照合番号B are printed, and what its characters look like: data, one for each
 * design. A card is ID-1 (ISO/IEC 7810): 85.60 × 53.98 mm, measured from its top left corner.
 *
 * The bench's design is our own. That of real cards is to be measured by whoever has them: boxes in millimetres, and
 * the characters drawn after the print.
 */
export const ID1 = { widthMm: 85.6, heightMm: 53.98 } as const;

/** A row of cells of equal width. */
export type PrintedField = {
  readonly xMm: number;
  readonly yMm: number;
  readonly cellWidthMm: number;
  /** Of a cell: 10/7 of its width, as the drawings are. */
  readonly cellHeightMm: number;
  /** For each cell the characters that can stand there (a blank among them: nothing may); '' is not read. */
  readonly cells: readonly string[];
};

export type FrontDesign = {
  /** Read as in code-b.ts. */
  readonly birth: PrintedField;
  readonly expiry: PrintedField;
  readonly securityCode: PrintedField;
  /** SVG path of each character, in a cell 14 wide and 20 high; an era (元号) goes by its letter, however it is printed. */
  readonly glyphs: Readonly<Record<string, string>>;
  /** Width of the paths' strokes in the same measure. */
  readonly strokeWidth: number;
};
