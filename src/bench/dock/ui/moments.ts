import { language } from './texts.ts';

/** @param at ISO 8601 @returns hours, minutes and seconds here */
export const timeOf = (at: string): string =>
  new Date(at).toLocaleTimeString(language.value, { timeStyle: 'medium', hourCycle: 'h23' });

/** @param at ISO 8601 @returns day, hours and minutes here */
export const dayAndTimeOf = (at: string): string =>
  new Date(at).toLocaleString(language.value, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
