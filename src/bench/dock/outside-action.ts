import { z } from 'zod';
import { isCaseName } from '../gateway/insurance-cases.ts';
import { cardStates, informationItems, maintainedParts, type Outside, officeChannels } from './outside.ts';

const COUNT_MAX = 100;

const person = z.string().min(1).max(40);
const count = z.int().min(0).max(COUNT_MAX);
const item = z.enum(informationItems);

/** Each action by its type, for the one union of dock-action.ts. */
export const outsideActions = [
  z.strictObject({ type: z.literal('register'), person, channel: z.enum([...officeChannels, 'none']) }),
  z.strictObject({ type: z.literal('insure'), person, insuranceCase: z.string().refine(isCaseName) }),
  z.strictObject({ type: z.literal('reissue'), person, as: z.enum(cardStates) }),
  z.strictObject({ type: z.literal('maintenance'), part: z.enum(maintainedParts), on: z.boolean() }),
  z.strictObject({
    type: z.literal('trouble'),
    change: z.strictObject({
      inProgress: count.exactOptional(),
      abnormal: z.boolean().exactOptional(),
      loseAnswers: count.exactOptional(),
    }),
  }),
  z.strictObject({ type: z.literal('consent-item'), item, asked: z.boolean() }),
  z.strictObject({
    type: z.literal('prescription'),
    change: z.strictObject({
      electronicPrescription: z.enum(['0', '1', '2', '3']).exactOptional(),
      prescriptionAsked: z.enum(['1', '2']).exactOptional(),
    }),
  }),
  z.strictObject({ type: z.literal('query'), item }),
] as const;

type OutsideAction = z.infer<(typeof outsideActions)[number]>;

export async function carryOutOutside(action: OutsideAction, outside: Outside): Promise<void> {
  switch (action.type) {
    case 'register':
      return outside.register(action.person, action.channel === 'none' ? undefined : action.channel);
    case 'insure':
      return outside.insureAs(action.person, action.insuranceCase);
    case 'reissue':
      return void (await outside.reissue(action.person, action.as));
    case 'maintenance':
      return outside.setMaintenance(action.part, action.on);
    case 'trouble':
      return outside.setTrouble(action.change);
    case 'consent-item':
      return outside.setConsentItem(action.item, action.asked);
    case 'prescription':
      return outside.setPrescription(action.change);
    case 'query':
      return outside.query(action.item);
  }
}
