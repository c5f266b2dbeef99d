import { failed, ok, type Result } from '../faults/result.ts';
import type { HttpAnswer } from './http-request.ts';

export type JsonLimits = { readonly maxAnswerBytes: number; readonly maxDepth: number };

/**
 * The JSON value of an answer. Size and depth are looked at before anything is parsed.
 * Faults: GATE-503 (not JSON by its content type or its text, too large, too deep).
 */
export function readJson(answer: Pick<HttpAnswer, 'contentType' | 'body'>, limits: JsonLimits): Result<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(answer.contentType)) return failed('GATE-503', 'not JSON by its content type');
  if (answer.body.length > limits.maxAnswerBytes) return failed('GATE-503', 'the answer is too large');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(answer.body);
  } catch {
    return failed('GATE-503', 'not UTF-8');
  }
  if (depthOf(text) > limits.maxDepth) return failed('GATE-503', 'the answer is nested too deep');
  try {
    return ok(JSON.parse(text));
  } catch {
    return failed('GATE-503', 'not JSON');
  }
}

/** How deep arrays and objects are nested at most; brackets within strings do not count. */
export function depthOf(json: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
