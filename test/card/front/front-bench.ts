import type { ConditionKind } from '../../../src/bench/front/condition.ts';
import { conditionOf } from '../../../src/bench/front/condition.ts';
import type { FrontPrint } from '../../../src/bench/front/draw-front.ts';
import { picturesOfFront } from '../../../src/bench/front/front-pictures.ts';
import { seededRandom } from '../../../src/setup/seeded-random.mjs';

export const today = new Date('2026-04-01T09:00:00+09:00');

const print: FrontPrint = {
  name: '見本　花子',
  address: '東京都架空区見本町一丁目2番3号',
  birth: '1980-02-17',
  birthYear: 'japanese',
  sex: '2',
  expiry: '20350217',
  securityCode: '2285',
  portrait: undefined,
};

/** One picture of that print, or of a print that differs from it. */
export async function pictureOf(changes: Partial<FrontPrint>, kind: ConditionKind = 'usual', seed = 'one'): Promise<Uint8Array> {
  const { value } = await picturesOfFront({ ...print, ...changes }, conditionOf(kind, seededRandom(seed)), seed).next();
  return value;
}
