/** Where in the menu somebody is, and what is shown there. */
import type { HandTest, HandTestParts } from './hand-test.ts';
import type { KeptResults } from './kept-results.ts';
import { type TestedPart, testsByHand } from './parts.ts';
import type { PasswordEntry } from './password-entry.ts';
import type { SelfTester } from './self-tester.ts';
import type { ShownDesk, TechnicianView } from './view.ts';

export type Place =
  | { readonly at: 'password'; readonly entry: PasswordEntry }
  | { readonly at: 'list' }
  | { readonly at: 'part'; readonly part: TestedPart }
  | { readonly at: 'hand'; readonly test: HandTest }
  | { readonly at: 'sheet' }
  | { readonly at: 'desk' };

export type MenuFacts = Pick<HandTestParts, 'secondUart'> & {
  readonly selfTester: SelfTester;
  readonly results: KeptResults;
  /** The staff console as it is now; undefined while it is not served. */
  readonly desk: () => ShownDesk | undefined;
};

export function viewOf(place: Place, { selfTester, results, desk, secondUart }: MenuFacts): TechnicianView {
  switch (place.at) {
    case 'password':
      return place.entry.view();
    case 'list': {
      const here = testsByHand.filter((test) => test !== 'second-uart' || secondUart);
      const byHand = here.map((test) => ({ test, works: results.all.find((each) => each.test === test)?.works }));
      return { at: 'list', parts: selfTester.rows(), byHand };
    }
    case 'part': {
      const { part } = place;
      const shown = selfTester.rows().find((each) => each.part === part);
      return { at: 'part', shown: shown ?? { part, running: false, row: undefined } };
    }
    case 'hand':
      return { at: 'hand', step: place.test.step() };
    case 'sheet':
      return { at: 'sheet', deskUrl: desk()?.url };
    case 'desk':
      return { at: 'desk', desk: desk() };
  }
}
