import fc from 'fast-check';

/** Called by every piece of script below: a page that defines it learns whether anything ran. */
export const TRAP = 'hostileNameRan';
const run = `${TRAP}()`;

const markup = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `"><svg onload=${run}>`,
  `</bdi></button></main><iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<a href="javascript:${run}" autofocus onfocus=${run}>`,
  `<details open ontoggle=${run}>`,
  `<math><mtext></style><img src=x onerror=${run}>`,
  '<style>*{display:none}</style>',
  '<base href="http://192.0.2.1/"><meta http-equiv=refresh content="0;url=http://192.0.2.1/">',
  '<!-- <plaintext>',
  ']]>&lt;b&gt;&#x202e;&nbsp;&',
];
/** What some template language would take for its own. */
const templates = [
  `{{constructor.constructor('${run}')()}}`,
  `\${${run}}`,
  `<%= ${run} %>`,
  `#{${run}}`,
  `';${run};'`,
  '%s%n\\0',
];
const directions = [...'\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C', 'שלום עולם', 'مستشفى ١٢٣'];
const unseen = [...'\u200B\u200C\u200D\u2060\uFEFF\u00AD\u034F\u180E\u3164\uFFA0\u{E0041}'];
const breaks = ['\n', '\r\n', '\t', '\u0000', '\u0007', '\u001B[31m', '\u007F', '\u0085', '\u2028', '\u2029', '\u3000'];
/** Unassigned, private, noncharacters, and the halves of a pair that damaged data leaves. */
const nobodys = ['\u0378', '\uE000', '\uFDD0', '\uFFFF', '\u{1FFFE}', '\u{10FFFF}', '\uD83D', '\uDC00', '\uDFFF\uD800', '\uFFFD'];
const wide = ['W', '﷽', '𒐫', '꧅', 'あ', 'ௌ', '-', 'א'];
const ordinary = ['髙﨑眼科', '葛\u{E0100}城', '𠮷野', '医療法人社団', 'Nguyễn', 'ཧྐྵྨླྺྼྻྂ', 'ｶｻﾞｽ医院', '👩‍⚕️', ' ', '●'];

const oneOf = (pieces: readonly string[]) => fc.constantFrom(...pieces);
/** One letter under a tower of marks. */
const tower = fc
  .tuple(oneOf(['a', '名', 'ก', 'ا']), fc.array(fc.integer({ min: 0x300, max: 0x36f }), { minLength: 5, maxLength: 60 }))
  .map(([base, marks]) => base + String.fromCodePoint(...marks));
const endless = fc.tuple(oneOf(wide), fc.integer({ min: 40, max: 600 })).map(([letter, times]) => letter.repeat(times));
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));

const piece = fc.oneof(
  ...[markup, templates, directions, unseen, breaks, nobodys, ordinary].map(oneOf),
  ...[tower, endless, anyUnit],
);
const name = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

/** Names as nobody should write them, no two alike and the same at every run: each piece alone, then mixtures of them. */
export function hostileNames(count: number): readonly string[] {
  const alone = [markup, templates, directions, unseen, breaks, nobodys, wide, ordinary].flat();
  const mixed = fc.sample(name, { numRuns: 2 * count, seed: 20_260_401 });
  return [...new Set([...alone, ...mixed])].slice(0, count);
}
