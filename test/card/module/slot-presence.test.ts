/** When a card counts as come, gone or exchanged, and when it is not told of any more. */
import { expect, test } from 'vitest';
import { createSlotPresence } from '../../../src/card/module/slot-presence.ts';

function slot() {
  const told: string[] = [];
  const presence = createSlotPresence((type) => told.push(type));
  const hear = (card: Parameters<typeof presence.hear>[0]['card'], byModule = false) =>
    presence.hear({ slot: 0, card, told: byModule });
  const comings = () => told.filter((type) => type === 'card-in').length;
  /** The module takes the power from it since it says nothing. */
  const fallMute = () => {
    presence.setPowered(true);
    hear('inactive');
  };
  return { presence, hear, fallMute, comings, told };
}

test('a card that falls mute each time it is powered is not told of for ever', () => {
  const { hear, fallMute, comings, presence } = slot();
  hear('inactive');
  for (let times = 0; times < 20; times++) fallMute();
  expect(comings()).toBeLessThanOrEqual(4);
  expect(presence.placing).toBeUndefined();
});

test.each(['absent', 'told'] as const)('it is told of again when it was lifted meanwhile (%s)', (how) => {
  const { hear, fallMute, comings, presence } = slot();
  hear('inactive');
  for (let times = 0; times < 20; times++) fallMute();
  const before = comings();
  for (let looks = 0; looks < 2; looks++) if (how === 'absent') hear('absent');
  hear('present', how === 'told');
  expect(comings()).toBe(before + 1);
  expect(presence.placing?.aborted).toBe(false);
});

test('one that is hardly within reach, now found and now not, is not told of for ever either', () => {
  const { hear, comings } = slot();
  for (let times = 0; times < 20; times++) {
    hear('present');
    hear('mute');
    hear('absent');
  }
  expect(comings()).toBeLessThanOrEqual(4);
});

test('one that answers in between is, each time', () => {
  const { hear, fallMute, presence, comings } = slot();
  hear('inactive');
  for (let times = 0; times < 20; times++) {
    presence.setAnswered();
    fallMute();
  }
  expect(comings()).toBe(21);
});

test('one that answers nothing over the air is gone at once, and may be another one that is found then', () => {
  const { hear, told, comings } = slot();
  for (let times = 0; times < 20; times++) {
    hear('present');
    hear('mute');
  }
  expect(told.slice(0, 3)).toEqual(['card-in', 'card-out', 'card-in']);
  expect(comings()).toBeLessThanOrEqual(4);
});
