/** Results as a service could give them: each element of the format may be there or not, and hold any text. */
import fc from 'fast-check';
import { type Layout, MESSAGE } from '../../src/clinic/oqs-layout.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import type { OqsGroup } from '../../src/reception/qualification.ts';

/** Whatever a gateway may send as a value: all of Unicode but controls, surrogates and non-characters. */
const sendable = fc.string({ unit: 'binary', maxLength: 30 }).filter((text) => /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u.test(text));

/** What has gone wrong elsewhere: padding, digits with zeros, mark-up, kanji beside and beyond JIS X 0208, marks, variants. */
const awkward = [
  ...['0', '007', '010', '  12', '12  ', ' ', '', '\u3000', '-0', '1e5', 'true', '１２３'],
  ...['<a>&b;', '"\'', ']]>', '<!--', '&amp;', '&#13;', '\\', '~', '¥100', '?', '●'],
  ...[
    '髙﨑',
    '𠮷野',
    '葛\u{E0100}城',
    '邉',
    '鷗外',
    '見本　花子',
    'ﾐﾎﾝ ﾊﾅｺ',
    'か\u3099',
    'が',
    '①㈱',
    '1−2〜3',
    '—‖¢£¬',
    '👨‍👩‍👧',
  ],
];

export const text = fc.oneof(sendable, fc.constantFrom(...awkward));

/** Every element of the layout, each there or not; a group once, or as a list. */
function groupOf(layout: Layout): fc.Arbitrary<OqsGroup> {
  const elements = layout.map((element): [string, fc.Arbitrary<OqsGroup[string]>] => {
    if (typeof element === 'string') return [element, text];
    const inner = groupOf(element.of);
    return [element.name, fc.oneof(inner, fc.array(inner, { minLength: 1, maxLength: 3 }))];
  });
  return fc.record(Object.fromEntries(elements), { requiredKeys: [] }) as fc.Arbitrary<OqsGroup>;
}

/** The layout of the group that this element names, anywhere in the format. */
export function layoutOf(name: string, within: Layout = MESSAGE): Layout {
  const groups = within.filter((element) => typeof element !== 'string');
  const found = groups.find((group) => group.name === name)?.of;
  return found ?? groups.map((group) => layoutOf(name, group.of)).find((layout) => layout.length > 0) ?? [];
}

/** Elements that the format of today does not have stand among the others. */
const unknown = fc.dictionary(fc.stringMatching(/^New[A-Z][A-Za-z0-9]{0,12}$/), text, { maxKeys: 2 });

export const qualification: fc.Arbitrary<OqsGroup> = fc
  .tuple(unknown, groupOf(layoutOf('ResultOfQualificationConfirmation')))
  .map(([extra, known]) => ({ ...extra, ...known }));

const flag = fc.constantFrom('0', '1', '2', '3');
const answers = fc.record(
  { 'specific-diseases': flag, medicines: flag, checkups: flag, treatment: flag, surgery: flag },
  { requiredKeys: [] },
);

export const result: fc.Arbitrary<ClinicResult> = fc
  .record({
    answers,
    qualifications: fc.array(qualification, { maxLength: 3 }),
    abnormal: fc.boolean(),
    message: text,
    simulated: fc.boolean(),
    more: fc.record(
      {
        prescription: fc.constantFrom('1', '2'),
        subsidy: fc.boolean(),
        approver: fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/),
        lateSince: fc.date({ min: new Date('2026-03-31T00:00:00Z'), max: new Date('2026-04-01T15:30:05Z'), noInvalidDate: true }),
      },
      { requiredKeys: [] },
    ),
    note: fc.record({ note: fc.record({ code: text, message: text }) }, { requiredKeys: [] }),
  })
  .map(({ answers, qualifications, abnormal, message, simulated, more, note }) => ({
    receptionId: 'reception-1',
    method: 'face',
    at: new Date('2026-04-01T15:30:05Z'),
    answers,
    simulated,
    ...more,
    answer: abnormal
      ? { ...note, segmentOfResult: '9', errorCode: 'E', errorMessage: message, validity: '4', qualifications: [] }
      : { ...note, segmentOfResult: '1', validity: '1', qualifications },
  }));
