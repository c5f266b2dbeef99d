import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { FrontDesign } from './front-design.ts';

const millimetres = z.number().min(0).max(100);

const field = z.strictObject({
  xMm: millimetres,
  yMm: millimetres,
  cellWidthMm: millimetres,
  cellHeightMm: millimetres,
  cells: z.array(z.string()).min(1),
});

const schema = z.strictObject({
  birth: field,
  expiry: field,
  securityCode: field,
  glyphs: z.record(z.string().length(1), z.string().regex(/^[\dMLHVCSQTAZ .,-]+$/i, 'the path of an SVG')),
  strokeWidth: z.number().positive(),
});

/** How the front of a card is printed, as whoever has real cards has measured it: JSON. Fault: SYS-902. */
export function readFrontDesign(path: string): Result<FrontDesign> {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return failed('SYS-902', `${path}: ${issue?.path.join('.')}: ${issue?.message}`);
  } catch (error) {
    return failed('SYS-902', `${path}: cannot be read (${(error as Error).message})`);
  }
}
