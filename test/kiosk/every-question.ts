import type { Prescription, Question } from '../../src/reception/questions.ts';
import type { Shot } from './shot.ts';

const everything = ['medicines', 'checkups', 'treatment', 'surgery'] as const;

const asks = (question: Question, prescriptions?: readonly Prescription[]): Shot['screen'] => ({
  at: 'asking',
  question,
  ...(prescriptions && { prescriptions }),
});

const prescription = (institution: string, index = 0): Prescription => ({
  id: `p-${index}`,
  issuedOn: '2026-04-01',
  institution,
});

/** Markup, right-to-left, combining, one that never ends; hostile-names.test.ts has thousands more. */
const hostileInstitutions = [
  '<img src=x onerror="document.title=1"><script>document.title=2</script>',
  '\u202Eםלושעל צחול\u202E abc 医療法人',
  'ཧྐྵྨླྺྼྻྂ' + '葛\u{E0100}飾𠮷﨑\uFFFF\u0007',
  'W'.repeat(400),
] as const;

/** Each question that a patient can meet. */
export const questionShots: readonly Shot[] = [
  { name: 'offering-registration', screen: { at: 'offering-registration' } },
  { name: 'registering', screen: { at: 'registering' }, afterMs: 3100 },
  { name: 'qualification-only', screen: { at: 'qualification-only' } },
  { name: 'asking-consent', screen: asks({ ask: 'consent', items: everything, checkups: 'specific' }) },
  {
    name: 'asking-consent-hurry',
    screen: asks({ ask: 'consent', items: everything, checkups: 'specific' }),
    about: { hurry: true },
  },
  { name: 'asking-consent-elderly', screen: asks({ ask: 'consent', items: everything, checkups: 'elderly' }) },
  { name: 'asking-consent-two', screen: asks({ ask: 'consent', items: ['medicines', 'checkups'], checkups: 'specific' }) },
  { name: 'asking-consent-one', screen: asks({ ask: 'consent', items: ['medicines'], checkups: 'specific' }) },
  {
    name: 'asking-consent-each',
    screen: asks({ ask: 'consent', items: everything, checkups: 'elderly' }),
    touch: async (page) => {
      await page.locator('.answers .button').nth(1).dispatchEvent('click');
      await page.locator('.toggle').first().dispatchEvent('click');
      await page.locator('.toggle').nth(2).dispatchEvent('click');
    },
  },
  { name: 'asking-specific-diseases', screen: asks({ ask: 'specific-diseases' }) },
  { name: 'asking-subsidy', screen: asks({ ask: 'subsidy' }) },
  { name: 'asking-prescription', screen: asks({ ask: 'prescription' }) },
  { name: 'asking-dispensing-one', screen: asks({ ask: 'dispensing', count: 1 }, [prescription('かざす内科クリニック')]) },
  {
    name: 'asking-dispensing',
    screen: asks(
      { ask: 'dispensing', count: 6 },
      [
        'かざす内科クリニック',
        '髙﨑眼科',
        '医療法人社団 葛󠄀城会 𠮷野整形外科リハビリテーション病院',
        '市立病院',
        '浜の診療所',
        '西医院',
      ].map(prescription),
    ),
    touch: (page) => page.locator('.toggle').nth(1).dispatchEvent('click'),
  },
  { name: 'asking-dispensing-hostile', screen: asks({ ask: 'dispensing', count: 4 }, hostileInstitutions.map(prescription)) },
];
