import { wipe } from '../secret-bytes.ts';
import type { VerificationCodeB } from './card-front.ts';
import { type CardMap, type Corners, mapCard, turned } from './card-map.ts';
import { composeCodeB } from './code-b.ts';
import { findCard } from './find-card.ts';
import type { FrontDesign } from './front-design.ts';
import type { Templates } from './glyph-templates.ts';
import { decodeGrey, type GreyPicture } from './grey-picture.ts';
import { type FoundField, findField } from './read-field.ts';

/** How much better a row must fit one way up than the other. */
const WAY_UP_LEAD = 0.08;

export type FrameReading =
  /** 照合番号B as this one picture shows it, to be wiped by the caller. */
  | { readonly at: 'read'; readonly code: VerificationCodeB }
  | { readonly at: 'no-picture' | 'no-card' | 'unclear' | 'implausible' };

/** Reads one picture of the counter; it keeps nothing of it. */
export async function readFront(jpeg: Uint8Array, design: FrontDesign, templates: Templates, now: Date): Promise<FrameReading> {
  const picture = await decodeGrey(jpeg);
  if (!picture) return { at: 'no-picture' };
  try {
    const corners = findCard(picture);
    return corners ? readCard(picture, corners, design, templates, now) : { at: 'no-card' };
  } finally {
    wipe(picture.data);
  }
}

function readCard(picture: GreyPicture, corners: Corners, design: FrontDesign, templates: Templates, now: Date): FrameReading {
  const ways = [corners, turned(corners)].map((each) => {
    const map = mapCard(each);
    return { map, expiry: findField(picture, map, design.expiry, templates) };
  });
  const [way, other] = ways.toSorted((a, b) => b.expiry.fit - a.expiry.fit);
  try {
    if (!way || !other || way.expiry.fit - other.expiry.fit < WAY_UP_LEAD) return { at: 'unclear' };
    return readCode(picture, way, design, templates, now);
  } finally {
    for (const { expiry } of ways) expiry.wipe();
  }
}

type Way = { readonly map: CardMap; readonly expiry: FoundField };

function readCode(picture: GreyPicture, way: Way, design: FrontDesign, templates: Templates, now: Date): FrameReading {
  const birthField = findField(picture, way.map, design.birth, templates);
  const codeField = findField(picture, way.map, design.securityCode, templates);
  const [birth, expiry, securityCode] = [birthField, way.expiry, codeField].map((field) => field.read());
  birthField.wipe();
  codeField.wipe();
  try {
    if (!birth || !expiry || !securityCode) return { at: 'unclear' };
    const code = composeCodeB({ birth, expiry, securityCode }, now);
    return code ? { at: 'read', code } : { at: 'implausible' };
  } finally {
    wipe(birth, expiry, securityCode);
  }
}
