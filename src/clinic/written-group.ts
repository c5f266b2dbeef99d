import type { Replaced } from '../reception/ports.ts';
import type { OqsGroup } from '../reception/qualification.ts';
import { type CharacterCode, writable } from './character-code.ts';
import type { Layout } from './oqs-layout.ts';

export type Written = { readonly group: OqsGroup; readonly replaced: readonly Replaced[] };

/**
 * The group in the layout's order, each value as the character code can have it. An element that the layout does not
 * know stands after those that it knows: nothing that the service says is lost.
 */
export function writtenGroup(group: OqsGroup, layout: Layout, code: CharacterCode): Written {
  const replaced: Replaced[] = [];

  function ordered(from: OqsGroup, by: Layout, path: string): OqsGroup {
    const inner = new Map(by.map((element) => (typeof element === 'string' ? [element, []] : [element.name, element.of])));
    const names = new Set([...inner.keys(), ...Object.keys(from)]);
    const entries: [string, OqsGroup[string]][] = [];
    for (const name of names) {
      const content = from[name];
      if (content !== undefined) entries.push([name, written(content, inner.get(name) ?? [], `${path}/${name}`)]);
    }
    return Object.fromEntries(entries);
  }

  function written(content: OqsGroup[string], by: Layout, path: string): OqsGroup[string] {
    if (typeof content === 'string') return value(content, path);
    if (!isList(content)) return ordered(content, by, path);
    return content.map((one, n) => ordered(one, by, content.length > 1 ? `${path}[${n + 1}]` : path));
  }

  function value(text: string, path: string): string {
    const possible = writable(text, code);
    if (possible.lost) replaced.push({ path: path.slice(1), text });
    return possible.text;
  }

  return { group: ordered(group, layout, ''), replaced };
}

/** Array.isArray does not know lists that may only be read. */
const isList = (content: OqsGroup[string]): content is readonly OqsGroup[] => Array.isArray(content);
