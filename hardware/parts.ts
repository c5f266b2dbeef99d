/** What a unit is bought from (parts.json), and whether its supplies can feed it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const supply = z.strictObject({ id: z.string(), name: z.string(), limitMa: z.int().positive() });
const part = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    quantity: z.int().positive(),
    example: z.string(),
    alternatives: z.array(z.string()).min(1),
    why: z.string(),
    /** What it is wired to, besides its supply. */
    joins: z.array(z.strictObject({ to: z.string(), by: z.string() })).default([]),
    /** It radiates: it needs Japanese type approval. */
    radio: z.literal(true).optional(),
    /** Width, depth, height; absent for what lies in another part or outside of the enclosure. */
    sizeMm: z.tuple([z.number(), z.number(), z.number()]).optional(),
    fedBy: z.string().optional(),
    currentMa: z.strictObject({ usual: z.number(), most: z.number() }).optional(),
    /** Where the current comes from: nothing has been measured. */
    basis: z.string().optional(),
  })
  .refine(({ fedBy, currentMa, basis }) => (fedBy === undefined) === (currentMa === undefined && basis === undefined), {
    message: 'what is fed says how much it takes and where that figure comes from',
  });
const schema = z.strictObject({ supplies: z.array(supply), parts: z.array(part) });

export type Part = z.infer<typeof part>;
export type Parts = z.infer<typeof schema>;

/** @throws what is wrong with the file */
export const readParts = (): Parts => schema.parse(JSON.parse(readFileSync(new URL('./parts.json', import.meta.url), 'utf8')));

export type Load = { readonly supply: string; readonly limitMa: number; readonly usualMa: number; readonly mostMa: number };

/** What hangs on each supply. USB and header are fed through the board, so the mains carries them too. Milliamperes at 5 V. */
export function loadsOf({ supplies, parts }: Parts): readonly Load[] {
  return supplies.map(({ id, name, limitMa }) => {
    const fed = parts.filter(({ fedBy }) => fedBy !== undefined && (fedBy === id || id === 'mains'));
    const sum = (which: 'usual' | 'most') =>
      fed.reduce((all, { quantity, currentMa }) => all + quantity * (currentMa?.[which] ?? 0), 0);
    return { supply: name, limitMa, usualMa: sum('usual'), mostMa: sum('most') };
  });
}
