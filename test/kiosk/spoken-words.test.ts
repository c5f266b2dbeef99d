/** What every screen says, in every language: all of its words but names, digits and what staff read. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { asOneLine } from '../../src/kiosk/voice/clip-id.ts';
import { spokenForm } from '../../src/kiosk/voice/spoken-form.ts';
import { clipWords, spokenWords } from '../../src/kiosk/voice/spoken-words.ts';
import { everyShot } from './every-screen.ts';
import { languageCodes, openKiosk, root, showShot, sizes } from './kiosk-browser.ts';
import { useKioskBrowser } from './use-kiosk.ts';

/** The page's own reading of itself, to be run where a test wants it. */
const source = readFileSync(join(root, 'src/kiosk/ui/speech/read-screen.ts'), 'utf8');
const readScreen = stripTypeScriptTypes(source).replaceAll(/^export /gm, '');

const the = useKioskBrowser();
let page: Page;
beforeAll(async () => {
  page = await openKiosk(the.browser, the.scripted, sizes[0]);
  await page.evaluate(`${readScreen}; globalThis.readScreen = readScreen`);
});

type Words = { title: string[]; words: string[]; ways: { words: string[]; place: number }[]; news: string[][] };
const read = () => page.evaluate(onlyWords);

/** Runs in the page. */
function onlyWords(): Words {
  const { readScreen } = globalThis as unknown as { readScreen: () => Omit<Words, 'news'> & { news: Words['ways'] } };
  const { title, words, ways, news } = readScreen();
  return {
    title,
    words,
    ways: ways.map((way) => ({ words: way.words, place: way.place })),
    news: news.map((each) => each.words),
  };
}

describe.each(languageCodes)('in %s', { timeout: 240_000 }, (language) => {
  const said = spokenWords(language);
  const clips = new Set(clipWords(language));

  test('every screen has a heading that is said, every way on is told of, and nothing else is asked for', async () => {
    for (const shot of everyShot) {
      await showShot(page, the.scripted, shot, language);
      const { title, words, ways, news } = await read();
      const pieces = [...title, ...words, ...ways.flatMap((way) => way.words), ...news.flat()].map(asOneLine);
      expect(
        pieces.filter((piece) => !said.has(piece)),
        `${shot.name}: words that are in no table of what is said`,
      ).toEqual([]);
      const sayings = pieces.map((piece) => said.get(piece)).filter(Boolean);
      expect(sayings.filter((saying) => !clips.has(saying ?? ''))).toEqual([]);
      for (const must of [title, ...ways.map((way) => way.words)]) {
        expect(must.map((each) => said.get(asOneLine(each))).join(''), `${shot.name}: ${must}`).not.toBe('');
      }
      expect(ways.length, shot.name).toBeLessThanOrEqual(9);
    }
  });
});

test('of prescriptions the page says which one it is, and neither the day nor whose it was', async () => {
  const institution = 'さくら内科クリニック';
  the.scripted.source.show({
    at: 'asking',
    question: { ask: 'dispensing', count: 2 },
    prescriptions: [
      { id: 'p-1', issuedOn: '2026-04-01', institution },
      { id: 'p-2', issuedOn: '2026-04-02', institution: `<b>${institution}</b>` },
    ],
  });
  await page.locator('bdi').first().waitFor();
  const reading = await read();
  expect(reading.ways.map(({ place }) => place)).toEqual([1, 2, 0, 0]);
  expect(JSON.stringify(reading)).not.toMatch(/さくら|2026/);
});

test('a number of days, of digits or of prescriptions never makes a clip of its own', () => {
  for (const language of languageCodes) {
    const said = spokenWords(language);
    const counted = [...said].filter(([shown]) => /\d/.test(shown)).map(([, saying]) => saying);
    expect(new Set(counted).size, language).toBeLessThan(30);
  }
});

test('a voice is given no letters that it cannot read, and no word twice', () => {
  const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
  const unreadable: Record<string, RegExp> = {
    ja: /（[ぁ-ん]+）/,
    'ja-easy': /（[ぁ-ん]+）/,
    'zh-Hans': japanese,
    'zh-Hant': japanese,
  };
  for (const language of languageCodes) {
    const letters = unreadable[language] ?? /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
    expect(clipWords(language).filter((words) => letters.test(words))).toEqual([]);
  }
  expect(spokenForm('vi', 'Giấy xác nhận (資格確認書) và thẻ')).toBe('Giấy xác nhận và thẻ');
  expect(spokenForm('ja-easy', '暗証番号（あんしょうばんごう）を 入れる')).toBe('暗証番号を 入れる');
  expect(spokenForm('zh-Hans', '资格信息通知（資格情報のお知らせ）和卡片')).toBe('资格信息通知和卡片');
});
