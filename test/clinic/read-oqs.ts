/**
 * A reader of OQS result files, written apart from the writer: elements without attributes, text, comments, the
 * five entities and character references. Anything else throws, as a strict consumer would. Of the two places that
 * name the character code it trusts the XML declaration: `CharacterCodeIdentifier` 1 means either, by who describes it.
 */
export type OqsElement = { readonly name: string; readonly children: readonly OqsElement[]; readonly text: string };

const DECLARATION = /^<\?xml version="1\.0" encoding="(UTF-8|Shift_JIS)"( standalone="(yes|no)")?\?>\s*/;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** @param file the bytes as they lie in the folder, or text that was decoded already */
export function readOqs(file: Uint8Array | string): OqsElement {
  const text = typeof file === 'string' ? file : decodeAsDeclared(file);
  if (!DECLARATION.test(text)) throw new Error('no XML declaration');
  const body = text
    .replace(DECLARATION, '')
    .replaceAll(/<!--(?!-?>)((?!--)[\s\S])*-->/g, '')
    .trimStart();
  let at = 0;

  function element(): OqsElement {
    const opened = take(/<([A-Za-z_][\w.-]*)>/y, 'a start tag');
    const name = opened[1] ?? '';
    const children: OqsElement[] = [];
    let raw = '';
    while (!body.startsWith('</', at)) {
      if (body[at] === '<') children.push(element());
      else raw += take(/[^<]+/y, 'text')[0];
    }
    if (take(/<\/([^>]+)>/y, 'an end tag')[1] !== name) throw new Error(`${name} is not closed`);
    if (children.length > 0 && raw.trim() !== '') throw new Error(`text beside elements in ${name}`);
    return { name, children, text: children.length > 0 ? '' : decode(raw) };
  }

  function take(pattern: RegExp, what: string): RegExpExecArray {
    pattern.lastIndex = at;
    const found = pattern.exec(body);
    if (!found) throw new Error(`${what} expected at ${at}: ${body.slice(at, at + 20)}`);
    at = pattern.lastIndex;
    return found;
  }

  const root = element();
  if (body.slice(at).trim() !== '') throw new Error('something follows the root');
  return root;
}

/** By the platform's own decoders, which the writer does not use. */
function decodeAsDeclared(bytes: Uint8Array): string {
  const declared = DECLARATION.exec(Buffer.from(bytes.subarray(0, 100)).toString('latin1'))?.[1];
  if (declared === undefined) throw new Error('no XML declaration');
  return new TextDecoder(declared, { fatal: true, ignoreBOM: true }).decode(bytes);
}

function decode(raw: string): string {
  if (/\]\]>/.test(raw)) throw new Error(']]> in text');
  return raw.replaceAll(/&([^;]*);?/g, (_reference, name: string) => {
    const numeric = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
    if (numeric) return String.fromCodePoint(numeric[1] ? Number.parseInt(numeric[1], 16) : Number(numeric[2]));
    const value = ENTITIES[name];
    if (value === undefined) throw new Error(`unknown entity ${name}`);
    return value;
  });
}

/** All elements of that name below `from`, in the order of the file. */
export function elementsNamed(from: OqsElement, name: string): OqsElement[] {
  return [...(from.name === name ? [from] : []), ...from.children.flatMap((child) => elementsNamed(child, name))];
}

export function textOf(from: OqsElement, name: string): string | undefined {
  return elementsNamed(from, name)[0]?.text;
}
